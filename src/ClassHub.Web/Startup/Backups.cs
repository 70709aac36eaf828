using ClassHub.Backups;
using ClassHub.Web.Pages.Backups;

namespace ClassHub.Web.Startup;

public static class Backups
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new Archives(builder.DataFolder()));
        builder.Services.AddScoped<TakeBackup>();
        builder.Services.AddScoped<RestoreBackup>();
        builder.Services.AddScoped<KeepBackup>();
        builder.Services.AddSingleton<ArrivingArchive>();
    }
}
