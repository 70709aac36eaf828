using ClassHub.Classes;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
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
        builder.Services.AddSingleton(_ => new UnfinishedFiles(folder));
        builder.Services.AddSingleton(new SchoolDisk(folder));
        builder.Services.AddScoped<KeepFile>();
        builder.Services.AddScoped<TakeUpload>();
        builder.Services.AddScoped<TakingFiles>();
        builder.Services.AddSingleton<SignedTime>();
        builder.Services.AddScoped<SweepUnusedFiles>();
        builder.Services.AddScoped<CheckFiles>();
        builder.Services.AddScoped<SendFile>();
        builder.Services.AddSingleton(services => new MediaTools(Commands.Itself(ReadPicture.Command), Environment.GetEnvironmentVariable("PATH") ?? "", services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<PreparingTurn>();
        builder.Services.AddScoped<PrepareMedia>();
        builder.Services.AddScoped<GiveWords>();

        var mostInOneRequest = limits.StaffFile + 20 * Sizes.Mega;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * Sizes.Mega;      // pages that take files raise it for themselves
        });
        // What arrived and was not read yet is lost when a line breaks, and sent again: with the default of 1 MB that is much on a bad line.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = 65_536);
        builder.Services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = mostInOneRequest;
            form.ValueCountLimit = 2000;
            form.ValueLengthLimit = 200_000;
        });
    }

    /// <summary>Before anything reads the form, and after it is known who asks: only pages that take files may be sent more than a little. A form is UTF-8 or nothing.</summary>
    public static void UseFileSizes(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.HasFormContentType && context.Request.ContentType is { } type && type.Contains("charset", StringComparison.OrdinalIgnoreCase) && !type.Contains("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is { } takes && context.Features.Get<SignedInPerson>() is { } person && (takes.OfPupils || person.Viewer.IsStaff)
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = context.RequestServices.GetRequiredService<FileLimits>().OneFile(person.Viewer.IsStaff) + 20 * Sizes.Mega;
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesArchiveAttribute>() is not null && !context.RequestServices.GetRequiredService<CurrentSchool>().IsSetUp
            && context.RequestServices.GetRequiredService<SetUpCode>().WasTyped(context.Request) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } any)
            any.MaxRequestBodySize = null;
        return next(context);
    });
}
