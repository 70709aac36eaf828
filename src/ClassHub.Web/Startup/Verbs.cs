using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Joining;
using ClassHub.Marking;
using ClassHub.People;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Jobs;
using ClassHub.Web.Ui;

namespace ClassHub.Web.Startup;

/// <summary>What can be done in the school, by noun.</summary>
public static class Verbs
{
    public static void AddVerbs(this WebApplicationBuilder builder)
    {
        var verbs = builder.Services;

        verbs.AddScoped<ChangeSchool>();
        verbs.AddScoped<ChangeZone>();
        verbs.AddScoped<PreviewZone>();

        verbs.AddScoped<ManageClasses>();
        verbs.AddScoped<ManageGroups>();
        verbs.AddScoped<RemoveGroup>();

        verbs.AddScoped<JoinCodes>();
        verbs.AddScoped<AskToJoin>();
        verbs.AddScoped<AnswerJoinRequest>();

        verbs.AddScoped<PostActions>();
        verbs.AddScoped<ComposePost>();
        verbs.AddScoped<Arrange>();
        verbs.AddScoped<HandInWork>();
        verbs.AddScoped<DraftWork>();
        verbs.AddScoped<DraftHistory>();
        verbs.AddScoped<UndoPost>();
        verbs.AddScoped<AskToTeach>();
        verbs.AddScoped<HandInWhenThere>();
        verbs.AddScoped<MovePost>();
        verbs.AddScoped<RemindNow>();
        verbs.AddScoped<MarkWork>();

        verbs.AddScoped<WriteICalendar>();
        verbs.AddScoped<ChangeTimetable>();
        verbs.AddScoped<ChangeDates>();
        verbs.AddScoped<SetDates>();
        verbs.AddScoped<CopyPlan>();
        verbs.AddScoped<StopRepeat>();
        verbs.AddScoped<PlanDay>();

        verbs.AddSingleton<SiteAddress>();
        verbs.AddSingleton<JobsHealth>();
        // Room for the HTML of about two thousand posts, counted in characters.
        verbs.AddMemoryCache(cache => cache.SizeLimit = 16_000_000);
        verbs.AddSingleton<WrittenHtml>();
    }
}
