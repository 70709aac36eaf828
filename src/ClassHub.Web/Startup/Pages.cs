using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Web.Access;
using ClassHub.Web.Pages.Problems;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.WebEncoders;

namespace ClassHub.Web.Startup;

public static class Pages
{
    /// <summary>Binds a form to the browser it was shown in.</summary>
    public const string FormCookie = "classhub-form";

    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (string.IsNullOrWhiteSpace(builder.Configuration["urls"])) builder.WebHost.UseUrls("http://localhost:5080");
        services.AddRazorPages().AddMvcOptions(mvc =>
        {
            mvc.Filters.Add<Gate>();
            mvc.ModelBindingMessageProvider.SetValueMustBeANumberAccessor(_ => "Write a number here.");
            mvc.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{PlainText.Line(value, 40)}” does not fit here.");
            mvc.ModelBindingMessageProvider.SetValueIsInvalidAccessor(value => $"“{PlainText.Line(value, 40)}” does not fit here.");
            mvc.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => "Fill this in.");
        });
        services.AddSingleton<DatabaseWord>();
        services.AddSingleton<IExceptionHandler>(provider => provider.GetRequiredService<DatabaseWord>());
        services.AddScoped<Times>();
        services.AddSingleton<Assets>();
        services.Configure<WebEncoderOptions>(web => web.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddAntiforgery(forgery => { forgery.Cookie.Name = FormCookie; forgery.FormFieldName = "_form"; forgery.SuppressXFrameOptionsHeader = true; });
    }

    /// <summary>Styles, scripts, icons: open to anyone and answered before anybody is signed in.</summary>
    public static void MapAssets(this WebApplication app) =>
        app.MapStaticAssets().ShortCircuit().WithMetadata(new AllowAnonymousAttribute(), new RowAttribute("R65"));

    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/health/live", () => Results.Text("ok")).WithMetadata(new AllowAnonymousAttribute(), new RowAttribute("R01"));

    /// <summary>Every refusal and failure becomes a page in plain words; a user never meets a stack trace.</summary>
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem/500",
            AllowStatusCode404Response = true,
            StatusCodeSelector = problem => problem switch
            {
                NoRoomLeft => StatusCodes.Status507InsufficientStorage,
                RuleBroken => StatusCodes.Status400BadRequest,
                BadHttpRequestException bad => bad.StatusCode,
                _ => DatabaseUnable.Behind(problem) switch
                {
                    null => StatusCodes.Status500InternalServerError,
                    FullDisk => StatusCodes.Status507InsufficientStorage,
                    _ => StatusCodes.Status503ServiceUnavailable,
                },
            },
            SuppressDiagnosticsCallback = seen =>
                seen.Exception is RuleBroken or NoRoomLeft or BadHttpRequestException or OperationCanceledException
                    || DatabaseUnable.Behind(seen.Exception) is not null,
        });
        app.Use(KeptForm.MakeReadable);
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
    }
}
