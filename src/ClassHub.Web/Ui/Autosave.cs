using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Ui;

/// <summary>What the behaviour "autosave" hears while somebody types: when it was saved, or why not. It keeps the words either way.</summary>
public static class Autosave
{
    public static bool IsAutosave(this HttpRequest request) => request.Headers["X-Requested-With"] == "autosave";

    /// <param name="version">What the next save must have seen.</param>
    /// <param name="draft">The draft that now exists, for a form that began without one.</param>
    public static JsonResult Saved(this PageModel page, int version, int? draft = null) =>
        new(new { saved = page.HttpContext.RequestServices.GetRequiredService<Times>() is var times ? times.Hour(times.Clock.Now) : "", version, draft });

    /// <summary>An empty form is kept nowhere.</summary>
    public static JsonResult NothingToSave(this PageModel page) => new(new { saved = "" });

    /// <summary>Somebody else's words are there; the page shows them and asks.</summary>
    public static JsonResult NotSaved(this PageModel page, ClassHub.Submissions.DraftChanged changed) =>
        new(new { newest = changed.Version, message = changed.Message, words = changed.Words }) { StatusCode = StatusCodes.Status409Conflict };

    /// <param name="message">None: the first sentence that the form would show.</param>
    /// <param name="newest">Somebody else's words have this version; whoever wants to keep their own all the same saves over it.</param>
    public static JsonResult NotSaved(this PageModel page, string? message = null, int? newest = null) =>
        new(new { newest, message = message ?? page.ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage }) { StatusCode = StatusCodes.Status409Conflict };
}
