using ClassHub.Media;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ClassHub.Web.Pages.Problems;

/// <summary>A form that could not be taken, as it came: shown to whoever sent it, to be sent again with one press.</summary>
/// <param name="Files">The names of those that came along, which a page cannot carry.</param>
public sealed record KeptForm(string Address, IReadOnlyList<(string Name, string Value, bool IsWords)> Fields, IReadOnlyList<string> Files)
{
    /// <summary>Fields that no page ever shows again: a form with one of them is asked for anew.</summary>
    public static readonly IReadOnlySet<string> Secrets = new HashSet<string> { "Password", "Old", "Chosen" };

    /// <summary>None when nothing is to be shown again, or it cannot be read.</summary>
    public static async Task<KeptForm?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is not { } met || !context.Request.HasFormContentType) return null;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form.Keys.Any(Secrets.Contains)) return null;
            return new(met.Path + context.Items[nameof(KeptForm)],
                [.. form.SelectMany(f => f.Value, (f, value) => (f.Key, value ?? "", IsWords(f.Key, value ?? "")))],
                    [.. form.Files.Where(f => f.FileName.Length > 0).Select(f => f.FileName)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or BadHttpRequestException) { return null; }
    }

    /// <summary>What a person wrote is shown; what only the page knows of goes along unseen.</summary>
    private static bool IsWords(string name, string value) => name is "Text" || value.Any(char.IsWhiteSpace);

    /// <summary>The problem page is found by no handler of the page that failed, and may read a form that nobody came to read.</summary>
    public static Task MakeReadable(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is null) return next(context);
        context.Items[nameof(KeptForm)] = context.Request.QueryString.Value;
        context.Request.QueryString = default;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = context.RequestServices.GetRequiredService<FileLimits>().PupilFile + 20 * Sizes.Mega;
        return next(context);
    }
}
