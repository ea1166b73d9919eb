export { default as init, Store, literal, namedNode } from "oxigraph/web.js";
