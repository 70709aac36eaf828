using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Load.Pages.Load;

/// <summary>The yardstick: signed in, in the real layout, and nothing else. It exists only beside the measured program, never in the product.</summary>
[Row("R62")]
public sealed class EmptyPage : PageModel
{
    public void OnGet() { }
}
