using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.Demo;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Startup;

/// <summary>The school's name, zone and hours as last read from the database.</summary>
public sealed class CurrentSchool
{
    private static readonly SchoolCalendar BeforeSetUp = SchoolCalendar.Of(new SchoolProfile("ClassHub", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), DateTimeOffset.UnixEpoch), []);

    public SchoolCalendar Calendar { get; private set; } = BeforeSetUp;
    public bool IsSetUp { get; private set; }
    /// <summary>A school is set up here, or brought back: one at a time.</summary>
    public SemaphoreSlim FirstRun { get; } = new(1, 1);
    /// <summary>Ends when there is a school.</summary>
    public Task Opened => opened.Task;
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>At the start, after a change of the settings, and again and again for what another server changed.</summary>
    public async Task RefreshAsync(ClassHubDb db, CancellationToken stop)
    {
        var school = await db.Schools.AsNoTracking().SingleOrDefaultAsync(stop);
        IsSetUp = school is not null && await db.People.AnyAsync(p => p.IsOffice, stop);
        if (school is not null) Calendar = SchoolCalendar.Of(school, await db.Holidays.AsNoTracking().OrderBy(h => h.FirstOn).ToListAsync(stop)) with
        {
            Slots = await db.LessonSlots.AsNoTracking().OrderBy(s => s.StartsAt).ToListAsync(stop),
            Terms = await db.Terms.AsNoTracking().OrderBy(t => t.FirstOn).ToListAsync(stop),
        };
        if (IsSetUp) opened.TrySetResult();
    }
}

public static class School
{
    public static void AddSchool(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(provider =>
        {
            var log = provider.GetRequiredService<ILogger<SteadyClock>>();
            return new SteadyClock(TimeProvider.System, off => log.LogWarning("The system's clock jumped by {Off}. ClassHub goes on with the time it had; if the new one stays it is believed after {Minutes} minutes.", off, SteadyClock.Settles.TotalMinutes));
        });
        builder.Services.AddSingleton<CurrentSchool>();
        builder.Services.AddSingleton<SetUpCode>();
        builder.Services.AddTransient(provider => new SchoolClock(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CurrentSchool>().Calendar));
    }

    /// <summary>Brings the database up to date, fills the demo school when asked to, and says where to go; false when this database cannot be used, which it says.</summary>
    public static async Task<bool> StartSchoolAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClassHubDb>();
        var school = app.Services.GetRequiredService<CurrentSchool>();
        try { await db.MigrateAsync(CancellationToken.None); }
        catch (Exception refused) when (refused is RuleBroken || DatabaseUnable.Behind(refused) is not null)
        {
            await Console.Error.WriteLineAsync(DatabaseUnable.Behind(refused) is { } told
                ? $"{told.Advice} ({PlainText.Line(told.GetBaseException().Message, 200)})" : refused.Message);
            return false;
        }
        await school.RefreshAsync(db, CancellationToken.None);
        if (!school.IsSetUp) await app.Services.GetRequiredService<SetUpCode>().ShareAsync(db, CancellationToken.None);
        if (await Connections.WarningAsync(db, CancellationToken.None) is { } warning)
            app.Services.GetRequiredService<ILogger<CurrentSchool>>().LogWarning("{Warning}", warning);
        TidyUp(scope.ServiceProvider, school);
        if (!app.Environment.IsEnvironment("Testing")) app.Services.GetRequiredService<SchoolDisk>().KeepReserve();

        var isDemo = app.Configuration.GetValue<bool>("ClassHub:Demo") && app.Environment.IsDevelopment();
        if (isDemo && await ActivatorUtilities.CreateInstance<DemoSchool>(scope.ServiceProvider).FillAsync(Path.Combine(app.Environment.ContentRootPath, "demo"), CancellationToken.None))
            await school.RefreshAsync(db, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() => SayWhereToGo(app, school, isDemo));
        return true;
    }

    /// <summary>Where there is a school nothing is being restored any more; where there is none, nobody comes back for an upload.</summary>
    private static void TidyUp(IServiceProvider services, CurrentSchool school)
    {
        if (school.IsSetUp)
        {
            services.GetRequiredService<Archives>().EndRestore();
            return;
        }
        var unfinished = services.GetRequiredService<UnfinishedFiles>();
        foreach (var left in unfinished.Before(DateTimeOffset.MaxValue).ToList()) unfinished.Delete(left);
    }

    private static void SayWhereToGo(WebApplication app, CurrentSchool school, bool isDemo)
    {
        if (app.Environment.IsEnvironment("Testing")) return;
        if (app.Environment.IsProduction()
            && AnswersToAnyHost(app.Configuration)) Console.WriteLine("AllowedHosts is not set, so this site answers to any name. Set it to yours: " +
            "AllowedHosts=hub.school.example");
        if (app.Environment.IsProduction()
            && app.Services.GetRequiredService<SiteAddress>().Known is null) Console.WriteLine("ClassHub:Address is not set, so no page that prints " +
            "it works. Set it to yours: ClassHub__Address=https://hub.school.example");
        Console.WriteLine($"ClassHub is ready at {string.Join(" and ", app.Urls)}");
        if (!school.IsSetUp) Console.WriteLine(app.Environment.IsDevelopment() ? "Open it to set up your school." : $"Open it to set up your school with the code {app.Services.GetRequiredService<SetUpCode>().Words}");
        else if (isDemo) Console.WriteLine("Sign in as admin, okafor (teacher) or amira (pupil); the password is classhub-demo");
    }

    /// <summary>Nobody named the hosts that are ours.</summary>
    public static bool AnswersToAnyHost(IConfiguration settings) => (settings["AllowedHosts"] ?? "*").Split(';').Any(host => host.Trim() is "*" or "");

    /// <summary>Until the school is set up, every page leads to the set-up page.</summary>
    public static void UseFirstRun(this WebApplication app) => app.Use(async (context, next) =>
    {
        var school = context.RequestServices.GetRequiredService<CurrentSchool>();
        if (!school.IsSetUp && !context.Request.Path.StartsWithSegments("/setup") && !context.Request.Path.StartsWithSegments("/problem")
            && context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null)
        {
            context.Response.Redirect("/setup");
            return;
        }
        await next(context);
    });
}
