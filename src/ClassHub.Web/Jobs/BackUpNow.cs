using ClassHub.Backups;
using Hangfire;

namespace ClassHub.Web.Jobs;

/// <summary>Asks for a backup; a server that runs jobs makes it, while the page is long answered.</summary>
public sealed class BackUpNow(IBackgroundJobClient alarmClock)
{
    public void Ask() => alarmClock.Enqueue<OneBackup>(job => job.RunAsync(CancellationToken.None));
}

/// <summary>One at a time, however often the button is pressed.</summary>
public sealed class OneBackup(KeepBackup keep)
{
    [DisableConcurrentExecution(timeoutInSeconds: 10)]
    public Task RunAsync(CancellationToken stop) => keep.RunAsync(stop);
}
