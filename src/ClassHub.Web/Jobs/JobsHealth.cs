using Hangfire;
using Hangfire.Storage;

namespace ClassHub.Web.Jobs;

/// <summary>When each job last ran on any server, and how it went: read from the alarm clock itself.</summary>
public sealed class JobsHealth(TimeProvider clock, JobStorage alarmClock)
{
    /// <param name="Problem">None when it went well.</param>
    public sealed record Run(string Job, DateTimeOffset LastRunAt, string? Problem)
    {
        public string Words => Job switch
        {
            "announce-due-posts" => "Tell pupils about new posts",
            "change-zone" => "Follow a change of the time zone",
            "remind-before-deadline" => "Remind before deadlines",
            "tell-of-guesses" => "Tell of many wrong passwords",
            "send-reminders" => "Send teachers\u2019 reminders",
            "tell-deadline-passed" => "Tell teachers that a deadline passed",
            "plan-messages" => "Plan the messages of the day",
            "send-messages" => "Send e-mails",
            "hand-in-when-there" => "Hand in what waited for its last file",
            "fill-words" => "Make words findable",
            "sweep-earlier-drafts" => "Forget earlier words after ninety days",
            "watch-disk" => "Look how full the disk is",
            "sweep-messages" => "Forget old messages",
            "sweep-sign-ins" => "Clear old sign-ins",
            "sweep-plan-changes" => "Forget what can no longer be taken back",
            "empty-bin" => "Empty the bin",
            "sweep-unused-files" => "Clear unused files",
            "prepare-media" => "Make smaller versions of pictures, sound and video",
            "check-files" => "Check the stored files",
            _ => Job,
        };
    }

    /// <summary>When this server started; every job reports within its own pace after that.</summary>
    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public IReadOnlyList<Run> Runs()
    {
        using var connection = alarmClock.GetConnection();
        return [.. connection.GetRecurringJobs().Where(j => j.LastExecution is not null).OrderBy(j => j.Id, StringComparer.Ordinal)
            .Select(j => new Run(j.Id, new DateTimeOffset(DateTime.SpecifyKind(j.LastExecution!.Value, DateTimeKind.Utc)), j.LastJobState == "Failed" || j.Error is not null ? PlainText.Line(j.Error ?? "The last run failed", 200) : null))];
    }
}
