using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using ClassHub.Web.Ui;

namespace ClassHub.Web.Startup;

public static class Work
{
    /// <summary>The verbs of posts, tasks, hand-ins and marks.</summary>
    public static void AddWork(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<PostActions>();
        services.AddScoped<ComposePost>();
        services.AddScoped<Arrange>();
        services.AddScoped<HandInWork>();
        services.AddScoped<DraftWork>();
        services.AddScoped<MovePost>();
        services.AddScoped<RemindNow>();
        services.AddScoped<MarkWork>();
        // Room for the HTML of about two thousand posts, counted in characters.
        services.AddMemoryCache(cache => cache.SizeLimit = 16_000_000);
        services.AddSingleton<WrittenHtml>();
    }
}
