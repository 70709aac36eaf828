/* The system's clock as one process reads it: off by the seconds that stand in the file of SET_CLOCK.
   Nothing else of time is touched: waits go by the clock that only counts, which stays as it is. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long off(void)
{
    static volatile long long seconds, looked_at = -1;
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    long long tick = now.tv_sec * 10 + now.tv_nsec / 100000000;
    if (tick == looked_at) return seconds;
    looked_at = tick;
    const char *path = getenv("SET_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return seconds;
    char text[32] = {0};
    if (read(file, text, sizeof text - 1) > 0) seconds = atoll(text);
    close(file);
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int answer = syscall(SYS_clock_gettime, clock, time);
    if (answer == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += off();
    return answer;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
