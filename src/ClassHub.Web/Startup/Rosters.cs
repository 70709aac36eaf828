using ClassHub.Rosters;

namespace ClassHub.Web.Startup;

public static class Rosters
{
    public static void AddRosters(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<TakeRoster>();
        builder.Services.AddScoped<PreviewRoster>();
        builder.Services.AddScoped<ApplyRoster>();
        builder.Services.AddScoped<UndoRoster>();
    }
}
