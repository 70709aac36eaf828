using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Pages.Problems;

/// <summary>What a user reads instead of an error. Says the same for "not yours" and "not there".</summary>
[AllowAnonymous, OpenBeforePasswordChange, IgnoreAntiforgeryToken, Row("R65"), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ProblemPage : PageModel
{
    public string Title { get; private set; } = "";
    public string Sentence { get; private set; } = "";
    public AskReason? AskReason { get; private set; }
    /// <summary>Where to carry on after signing in again.</summary>
    public string? SignInAddress { get; private set; }

    /// <summary>A page that was only asked for can be asked for again.</summary>
    public string? AgainAddress { get; private set; }
    /// <summary>While nothing can be read or kept, no other page is offered either.</summary>
    public bool LeadsOn => Response.StatusCode is not (503 or 507);

    /// <summary>The frame of a signed-in page asks the database; this page must not.</summary>
    public bool IsFailure { get; private set; }
    public KeptForm? Kept { get; private set; }

    public void OnGet(int code) => Show(code);
    public async Task OnPostAsync(int code)
    {
        Show(code);
        if (Response.StatusCode is 503 or 507) Kept = await KeptForm.ReadAsync(HttpContext);
    }
    public void OnPut(int code) => Show(code);
    public void OnDelete(int code) => Show(code);
    public void OnPatch(int code) => Show(code);
    public void OnOptions(int code) => Show(code);

    private void Show(int code)
    {
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = code is >= 400 and < 600 ? code : 404;
        AskReason = HttpContext.Items[nameof(Access.AskReason)] as AskReason;
        var problem = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        IsFailure = problem is not null;
        (Title, Sentence) = Words(Response.StatusCode, problem);
        if (Response.StatusCode == 401) SignInAddress = "/login?returnUrl=" + Uri.EscapeDataString(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? "/");
        if (Response.StatusCode == 503 && HttpMethods.IsGet(Request.Method) && HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path is { } path)
            AgainAddress = Microsoft.AspNetCore.Http.Extensions.UriHelper.BuildRelative(Request.PathBase, path, Request.QueryString) is var again
                && Url.IsLocalUrl(again) ? again : null;
        if (Response.StatusCode is 503 or 507) Response.Headers.RetryAfter = Response.StatusCode == 503 ? "5" : "60";
    }

    private (string, string) Words(int code, Exception? problem) => code switch
    {
        _ when AskReason is not null => ("Say why first", ""),
        400 when problem is RuleBroken rule => ("That did not work", rule.Message),
        400 => ("That did not work", "This page was open for a long time, or something in it was not as expected. Go back, load the page again, and try once more. What you typed is still in the form."),
        401 => ("Please sign in", "You are not signed in any more, so this was not sent. Sign in and carry on: what you typed is still on this device, in this tab."),
        403 => ("This is not for you to change", "You can look at this part of ClassHub, but not do that here. If you think you should, ask the school office."),
        404 => ("There is nothing here", "It may have been moved or removed, or it belongs to somebody else."),
        405 => ("That did not work", "This address does not do that."),
        413 => ("That is too big", "The file is bigger than ClassHub takes. Nothing was changed. Go back and choose a smaller one."),
        429 => ("Too many tries", "Wait a minute and try again."),
        503 when DatabaseUnable.Behind(problem) is LostDatabase lost =>
            ("ClassHub is away for a moment",
                $"{lost.Message} What was saved before is safe. Wait a little and try again; the school office knows more if it lasts."),
        503 => ("ClassHub is very busy", "Nothing was lost. Wait a few seconds, and try again."),
        507 => ("The school’s disk is nearly full", problem is NoRoomLeft ? problem.Message : DatabaseUnable.Behind(problem)?.Message ?? ""),
        _ => ("Something broke on our side", $"It is not your fault, and what was saved before is safe. Try again in a minute. If it happens again, tell the school office this number: {HttpContext.TraceIdentifier}"),
    };
}
