export { default as init, Store } from "oxigraph/web.js";
