using ClassHub.Database;
using ClassHub.Messages;
using ClassHub.Notifications;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Messages;

/// <summary>Ends the daily messages of whose key it is. A mail program may do it by itself with one POST (RFC 8058), so there is no token; a key that is nobody's gets the same answer.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, Row("R92")]
public sealed class UnsubscribePage(ClassHubDb db, MailSettings mail) : PageModel
{
    public bool IsStopped { get; private set; }

    public IActionResult OnGet() => mail.IsSet ? Page() : NotFound();

    public async Task OnPostAsync(string unsubscribeKey, CancellationToken stop)
    {
        await db.WriteAsync(() => db.MessageSettings.Where(s => s.UnsubscribeKey == unsubscribeKey).ExecuteUpdateAsync(set => set.SetProperty(s => s.Rhythm, MessageRhythm.Never), stop), stop);
        IsStopped = true;
    }
}
