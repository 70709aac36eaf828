using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.Search;
using ClassHub.Submissions;
using ClassHub.Web.Access;
using ClassHub.Web.Startup;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace ClassHub.Web.Jobs;

/// <summary>Everything ClassHub does while nobody is looking, on one page. The rows are the schedule and Hangfire is the alarm clock: losing all its jobs loses nothing.</summary>
public static class Schedule
{
    private const string OfficeOnly = "office";

    internal static void AddAll(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<AnnounceDuePosts>("announce-due-posts", job => job.RunAsync(CancellationToken.None), "*/10 * * * * *");
        jobs.AddOrUpdate<FollowZone>("change-zone", job => job.RunAsync(CancellationToken.None), "7/10 * * * * *");
        jobs.AddOrUpdate<PrepareMedia>("prepare-media", job => job.RunAsync(CancellationToken.None), "5/10 * * * * *");
        jobs.AddOrUpdate<HandInWhenThere>("hand-in-when-there", job => job.RunAsync(CancellationToken.None), "7/10 * * * * *");
        jobs.AddOrUpdate<RemindBeforeDeadline>("remind-before-deadline", job => job.RunAsync(CancellationToken.None), "5 * * * * *");
        jobs.AddOrUpdate<SendReminders>("send-reminders", job => job.RunAsync(CancellationToken.None), "2/10 * * * * *");
        jobs.AddOrUpdate<TellDeadlinePassed>("tell-deadline-passed", job => job.RunAsync(CancellationToken.None), "15 * * * * *");
        jobs.AddOrUpdate<TellOfGuesses>("tell-of-guesses", job => job.RunAsync(CancellationToken.None), "25 * * * * *");
        jobs.AddOrUpdate<FillWords>("fill-words", job => job.RunAsync(CancellationToken.None), "25 * * * * *");
        jobs.AddOrUpdate<PlanMessages>("plan-messages", job => job.RunAsync(CancellationToken.None), "35 * * * * *");
        jobs.AddOrUpdate<SendMessages>("send-messages", job => job.RunAsync(CancellationToken.None), "8/10 * * * * *");
        jobs.AddOrUpdate<WatchDisk>("watch-disk", job => job.RunAsync(CancellationToken.None), "25 */10 * * * *");
        jobs.AddOrUpdate<SweepSignIns>("sweep-sign-ins", job => job.RunAsync(CancellationToken.None), "0 17 * * * *");
        jobs.AddOrUpdate<SweepMessages>("sweep-messages", job => job.RunAsync(CancellationToken.None), "0 5 2 * * *");
        jobs.AddOrUpdate<EmptyBin>("empty-bin", job => job.RunAsync(CancellationToken.None), "0 10 2 * * *");
        jobs.AddOrUpdate<SweepEarlierDrafts>("sweep-earlier-drafts", job => job.RunAsync(CancellationToken.None), "0 15 2 * * *");
        jobs.AddOrUpdate<SweepPlanChanges>("sweep-plan-changes", job => job.RunAsync(CancellationToken.None), "0 20 2 * * *");
        jobs.AddOrUpdate<SweepUnusedFiles>("sweep-unused-files", job => job.RunAsync(CancellationToken.None), "0 40 2 * * *");
        jobs.AddOrUpdate<CheckFiles>("check-files", job => job.RunAsync(CancellationToken.None), "0 10 3 * * *");
    }

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<AnnounceDuePosts>();
        services.AddScoped<RemindBeforeDeadline>();
        services.AddScoped<SendReminders>();
        services.AddScoped<TellDeadlinePassed>();
        services.AddScoped<TellOfGuesses>();
        services.AddScoped<PlanMessages>();
        services.AddScoped<SendMessages>();
        services.AddScoped<WatchDisk>();
        services.AddScoped<SweepMessages>();
        services.AddScoped<SweepSignIns>();
        services.AddScoped<FillWords>();
        services.AddScoped<EmptyBin>();
        services.AddScoped<SweepEarlierDrafts>();
        services.AddScoped<FollowZone>();
        services.AddScoped<SweepPlanChanges>();
        services.AddSingleton<BackUpNow>();
        services.AddSingleton<BringBackNow>();
        services.AddHostedService<ReadSettings>();

        var postgres = builder.Configuration.GetConnectionString("ClassHub");
        // Ours before Hangfire's own, which all programs of one process would share.
        services.AddSingleton(_ => Storage(postgres));
        services.AddHangfire((provider, hangfire) =>
        {
            hangfire.UseLogProvider(new JobsLog(provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<DatabaseWord>()));
            hangfire.UseStorage(provider.GetRequiredService<JobStorage>()).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            // A sweep that failed is asked again ten seconds later anyway.
            hangfire.UseFilter(new AutomaticRetryAttribute { Attempts = 0 });
        });
        if (builder.Configuration.GetValue("ClassHub:Jobs", true))
        {
            services.AddHangfireServer(server => (server.WorkerCount, server.SchedulePollingInterval) = (3, TimeSpan.FromSeconds(5)));
            services.AddHostedService<WindAlarmClock>();
        }
        services.AddAuthorizationBuilder().AddPolicy(OfficeOnly, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
            context.Resource is HttpContext http && http.Features.Get<SignedInPerson>() is { Viewer.IsOffice: true, MustChangePassword: false }));
    }

    private static JobStorage Storage(string? postgres) => string.IsNullOrWhiteSpace(postgres)
        ? new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(2) })
        : new PostgreSqlStorage(new NpgsqlConnectionFactory(Connections.ForJobs(postgres), Options), Options);

    private static PostgreSqlStorageOptions Options => new()
    {
        QueuePollInterval = TimeSpan.FromSeconds(2),
        InvisibilityTimeout = TimeSpan.FromMinutes(5),
        UseSlidingInvisibilityTimeout = true,
        // A lock is a row that a killed server leaves behind: by default nothing would ring for ten minutes. Hangfire holds it for moments, and our jobs may run twice.
        DistributedLockTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>The dashboard is the office's; it shows names of jobs and times, no one's data.</summary>
    public static void MapJobs(this WebApplication app)
    {
        app.MapHangfireDashboard("/admin/jobs", new DashboardOptions { Authorization = [], AsyncAuthorization = [], AppPath = "/admin", DisplayStorageConnectionString = false, IsReadOnlyFunc = _ => true, DashboardTitle = "ClassHub jobs" })
            .RequireAuthorization(OfficeOnly).WithMetadata(new RowAttribute("R59"));
        // Made at the start: Hangfire finds its log in a place that all programs of one process share, as the tests have many.
        app.Services.GetRequiredService<BackUpNow>();
    }
}

/// <summary>What another server changed in the school's settings holds here soon, too. Hangfire would let one server read them for all.</summary>
public sealed class ReadSettings(CurrentSchool school, IServiceScopeFactory scopes, DatabaseWord word, ILogger<ReadSettings> log) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Often);
        while (await timer.WaitForNextTickAsync(stop))
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await school.RefreshAsync(scope.ServiceProvider.GetRequiredService<ClassHubDb>(), stop);
            }
            catch (Exception problem) when (problem is not (OutOfMemoryException or OperationCanceledException))
            {
                if (!word.Says(problem)) log.LogWarning(problem, "The settings could not be read; they are read again.");
            }
    }
}

/// <summary>A change of the school's time zone that is under way is carried to its end, and read at once.</summary>
public sealed class FollowZone(ChangeZone change, CurrentSchool school, ClassHubDb db)
{
    public async Task RunAsync(CancellationToken stop)
    {
        await change.RunAsync(stop);
        await school.RefreshAsync(db, stop);
    }
}
