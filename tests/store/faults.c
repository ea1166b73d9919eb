/* Makes operations on files below FAULT_BELOW fail, to be loaded with LD_PRELOAD.
 *
 * FAULT_KIND names what fails: w (writing content), c (creating names of files), s (syncing). The first FAULT_AFTER of
 * them succeed; all others fail with the number FAULT_ERRNO. At its end the process writes how many there were of each
 * kind, in this order, to the file FAULT_COUNT, if that is given.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long seen[128];

static int refused(char kind, const char *path) {
    const char *wanted = getenv("FAULT_KIND"), *below = getenv("FAULT_BELOW");
    if (!below || strncmp(path, below, strlen(below)))
        return 0;
    long before = atomic_fetch_add(&seen[(int)kind], 1);
    if (!wanted || *wanted != kind || before < atol(getenv("FAULT_AFTER")))
        return 0;
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

static int refused_open(char kind, int file) {
    char link[64], path[4096];
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (length < 0)
        return 0;
    path[length] = 0;
    return refused(kind, path);
}

__attribute__((destructor)) static void tell(void) {
    const char *name = getenv("FAULT_COUNT");
    FILE *file = name ? fopen(name, "w") : NULL;
    if (file) {
        fprintf(file, "%ld %ld %ld", seen['w'], seen['c'], seen['s']);
        fclose(file);
    }
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

#define ON_FILE(kind, type, name, parameters, arguments, ...) \
    type name parameters { return refused_open(kind, file) ? -1 : REAL(type, name, __VA_ARGS__) arguments; }

#define ON_NAME(type, name, parameters, arguments, ...) \
    type name parameters { return refused('c', path) ? -1 : REAL(type, name, __VA_ARGS__) arguments; }

ON_FILE('w', ssize_t, write, (int file, const void *data, size_t size), (file, data, size), int, const void *, size_t)
ON_FILE('w', ssize_t, pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at), int,
        const void *, size_t, off_t)
ON_FILE('w', ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at), int,
        const void *, size_t, off64_t)
ON_FILE('w', ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), int,
        const struct iovec *, int)
ON_FILE('w', ssize_t, copy_file_range, (int from, off64_t *a, int file, off64_t *b, size_t size, unsigned flags),
        (from, a, file, b, size, flags), int, off64_t *, int, off64_t *, size_t, unsigned)
ON_FILE('w', ssize_t, sendfile, (int file, int from, off_t *at, size_t size), (file, from, at, size), int, int,
        off_t *, size_t)
ON_FILE('w', ssize_t, sendfile64, (int file, int from, off64_t *at, size_t size), (file, from, at, size), int, int,
        off64_t *, size_t)
ON_FILE('s', int, fsync, (int file), (file), int)
ON_FILE('s', int, fdatasync, (int file), (file), int)
ON_NAME(int, mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
ON_NAME(int, link, (const char *from, const char *path), (from, path), const char *, const char *)
ON_NAME(int, rename, (const char *from, const char *path), (from, path), const char *, const char *)

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if ((flags & O_CREAT) && access(path, F_OK) && refused('c', path)) \
            return -1; \
        return REAL(int, name, const char *, int, ...)(path, flags, mode); \
    }

OPENING(open)
OPENING(open64)
