using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using Hangfire;
using Hangfire.Storage;

namespace ClassHub.Web.Jobs;

/// <summary>Sets the jobs when the server starts, or when there is a school; where the alarm clock keeps its notes may not answer yet, and the school opens all the same. A job that ran while the system's clock was ahead would not ring again before that time comes; so it is set anew. Counts its own half minutes, not the clock's.</summary>
public sealed class WindAlarmClock(JobStorage alarmClock, IRecurringJobManager jobs, CurrentSchool school, DatabaseWord word, ILogger<WindAlarmClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(30), Ahead = TimeSpan.FromMinutes(1);

    private bool isWound;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await school.Opened.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timer = new PeriodicTimer(Often);
        do
            try { if (isWound) Look(); else Wind(); }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                if (!word.Says(problem)) log.LogWarning(problem, "The alarm clock could not be read; it is tried again.");
            }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private void Wind()
    {
        Schedule.AddAll(jobs);
        isWound = true;
    }

    private void Look()
    {
        using var connection = alarmClock.GetConnection();
        // The alarm clock goes by the system's time, so what it noted is compared with that.
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime + Ahead;
        var stuck = connection.GetRecurringJobs().Where(j => j.LastExecution > limit || j.CreatedAt > limit).Select(j => j.Id).ToList();
        if (stuck.Count == 0) return;
        log.LogWarning("The system's clock went back: {Count} jobs are set anew.", stuck.Count);
        foreach (var job in stuck) jobs.RemoveIfExists(job);
        Wind();
    }
}
