/* A disk that fails when it is told to: stands before the C library's calls (LD_PRELOAD).
 *
 * failing_disk(kind, nth, how): from now on the nth call of that kind on the watched folder
 * returns EIO (how 0), it and every one after it (1), or the process is killed before it (2).
 * kind 0: none, 1: write, 2: sync, 3: read.
 * failing_disk_hits() says how many calls were made to fail, failing_disk_calls(kind) how many
 * there were since then.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int kind_, nth_, how_, hits_, calls_[4];

void failing_disk(int kind, int nth, int how) {
  kind_ = kind; nth_ = nth; how_ = how; hits_ = 0;
  memset(calls_, 0, sizeof calls_);
}

int failing_disk_calls(int kind) { return calls_[kind]; }

int failing_disk_hits(void) { return hits_; }

static int watched(int fd) {
  char link[64], path[PATH_MAX];
  const char *folder = getenv("FAILING_DISK");
  if (!folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int fails(int kind, int fd) {
  if (!watched(fd)) return 0;
  calls_[kind]++;
  if (kind != kind_ || nth_ <= 0) return 0;
  if (nth_ > 1) { nth_--; return 0; }
  if (how_ == 2) kill(getpid(), SIGKILL);
  if (how_ == 0) kind_ = 0;
  hits_++;
  errno = EIO;
  return 1;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *from, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return fails(1, fd) ? -1 : real(fd, from, size);
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return fails(1, fd) ? -1 : real(fd, from, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return fails(1, fd) ? -1 : real(fd, from, size, at);
}
int fsync(int fd) {
  REAL(int, "fsync", int);
  return fails(2, fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return fails(2, fd) ? -1 : real(fd);
}
ssize_t read(int fd, void *to, size_t size) {
  REAL(ssize_t, "read", int, void *, size_t);
  return fails(3, fd) ? -1 : real(fd, to, size);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
  REAL(ssize_t, "pread", int, void *, size_t, off_t);
  return fails(3, fd) ? -1 : real(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
  REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
  return fails(3, fd) ? -1 : real(fd, to, size, at);
}
