using ClassHub.Media;
using Microsoft.AspNetCore.Http.Features;

namespace ClassHub.Web.Startup;

public static class Files
{
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("ClassHub:Files").Get<FileLimits>() ?? new FileLimits();
        var folder = builder.DataFolder();
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<IFileStore>(_ => new DiskFileStore(folder));
        builder.Services.AddScoped<KeepFile>();
        builder.Services.AddScoped<SweepUnusedFiles>();

        var mostInOneRequest = limits.StaffFile + 20 * Sizes.Mega;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * Sizes.Mega;      // pages that take files raise it for themselves
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = mostInOneRequest;
            form.ValueCountLimit = 2000;
            form.ValueLengthLimit = 200_000;
        });
    }
}
