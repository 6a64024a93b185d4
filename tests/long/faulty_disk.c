/* A disk that fails when it is told to. Loaded before the C library; touches the ledger's files only: those whose name
 * begins with "room.db". LOOKOUT_DISK names a file that says what becomes of each call from now on, a line a call:
 *
 *     fsync fail ERRNO PERMILLE    so many of a thousand fail so
 *     fsync wait MILLISECONDS      each takes so much longer
 *     fsync hang                   each waits until that line is gone
 *     only -wal                    the lines after it are for the files that end so
 *
 * Calls: fsync (fdatasync too), pwrite, pread. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum deed { PASS, FAIL, WAIT, HANG };

struct order {
    enum deed deed;
    int number;
    int permille;
};

/* The last part of the file's name; empty where it has none. */
static void name_of(int fd, char *name, size_t size) {
    char link[40], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    name[0] = 0;
    if (length <= 0)
        return;
    path[length] = 0;
    const char *last = strrchr(path, '/');
    snprintf(name, size, "%.200s", last ? last + 1 : path);
}

static int ends(const char *text, const char *end) {
    size_t all = strlen(text), part = strlen(end);
    return all >= part && strcmp(text + all - part, end) == 0;
}

static struct order ordered(const char *call, const char *name) {
    struct order order = {PASS, 0, 1000};
    const char *path = getenv("LOOKOUT_DISK");
    char text[512], only[32] = "";
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return order;
    ssize_t length = syscall(SYS_read, fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char of[16] = "", what[16] = "";
        int number = 0, permille = 1000;
        if (sscanf(line, "only %31s", only) == 1)
            continue;
        if (sscanf(line, "%15s %15s %d %d", of, what, &number, &permille) < 2 || strcmp(of, call) || !ends(name, only))
            continue;
        order.number = number;
        order.permille = permille;
        order.deed = !strcmp(what, "fail") ? FAIL : !strcmp(what, "wait") ? WAIT : HANG;
    }
    return order;
}

static void rest_for(long ms) {
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Whether the call fails, with errno set. */
static int fails(const char *call, int fd) {
    int before = errno;
    char name[256];
    name_of(fd, name, sizeof name);
    if (strncmp(name, "room.db", 7)) {
        errno = before;
        return 0;
    }
    struct order order = ordered(call, name);
    if (order.deed == WAIT)
        rest_for(order.number);
    while (order.deed == HANG) {
        rest_for(20);
        order = ordered(call, name);
    }
    int is_hit = order.deed == FAIL && rand() % 1000 < order.permille;
    errno = is_hit ? order.number : before;
    return is_hit;
}

#define REAL(type, name, ...)                                                                                                  \
    static type (*real)(__VA_ARGS__);                                                                                          \
    if (!real)                                                                                                                 \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

int fsync(int fd) {
    REAL(int, fsync, int);
    return fails("fsync", fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return fails("fsync", fd) ? -1 : real(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return fails("pwrite", fd) ? -1 : real(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    REAL(ssize_t, pread64, int, void *, size_t, off64_t);
    return fails("pread", fd) ? -1 : real(fd, bytes, count, at);
}
