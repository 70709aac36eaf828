using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Ui;

public static class Trying
{
    /// <summary>Runs the work; a broken rule becomes a sentence beside the field instead of an error page, and the answer a 400.</summary>
    public static async Task<bool> TryAsync(this PageModel page, string field, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (RuleBroken rule) { page.ModelState.AddModelError(rule.Field ?? field, rule.Message); }
        catch (DbUpdateConcurrencyException) { page.ModelState.AddModelError("", "Somebody changed this while you were looking. Here is the newest."); }
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return false;
    }

    /// <summary>What was done, said once on the next page.</summary>
    public static void Say(this PageModel page, string done) => page.TempData["Done"] = done;

    /// <summary>The same, with what should be known of it, each once.</summary>
    public static void Say(this PageModel page, string done, IEnumerable<string?> notes) =>
        page.Say(string.Join(" ", notes.OfType<string>().Distinct().Prepend(done)));

    /// <summary>What was meant for the person who was here before is not said to the next.</summary>
    public static void ForgetWhatWasSaid(this PageModel page)
    {
        if (page.Request.Cookies.ContainsKey(Access.PageVersion.MessageCookie)) page.TempData.Clear();
    }

    /// <summary>The same with a button that takes it back.</summary>
    public static void Say(this PageModel page, string done, string undoAddress)
    {
        page.TempData["Done"] = done;
        page.TempData["Undo"] = undoAddress;
    }
}
