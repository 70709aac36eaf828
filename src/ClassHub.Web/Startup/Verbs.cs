using ClassHub.Classes;
using ClassHub.Joining;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Web.Jobs;

namespace ClassHub.Web.Startup;

/// <summary>What can be done in the school, by noun.</summary>
public static class Verbs
{
    public static void AddVerbs(this WebApplicationBuilder builder)
    {
        var verbs = builder.Services;

        verbs.AddScoped<ChangeSchool>();

        verbs.AddScoped<ManageClasses>();
        verbs.AddScoped<ManageGroups>();
        verbs.AddScoped<RemoveGroup>();

        verbs.AddScoped<JoinCodes>();
        verbs.AddScoped<AskToJoin>();
        verbs.AddScoped<AnswerJoinRequest>();

        verbs.AddSingleton<JobsHealth>();
    }
}
