using ClassHub.Media;
using ClassHub.Web.Access;
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
        builder.Services.AddScoped<CheckFiles>();

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

    /// <summary>Before anything reads the form: only pages that take files may be sent more than a little.</summary>
    public static void UseFileSizes(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = context.RequestServices.GetRequiredService<FileLimits>().StaffFile + 20 * Sizes.Mega;
        return next(context);
    });
}
