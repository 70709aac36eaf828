using System.Security.Cryptography;
using System.Text;
using ClassHub.Classes;

namespace ClassHub.Web.Access;

/// <summary>The first run asks for the words of the log, else the first visitor would own the school; in Development it asks for nothing. A new start has new words.</summary>
public sealed class SetUpCode(IWebHostEnvironment environment, TimeProvider clock)
{
    private const string Cookie = "classhub-setup";

    public string Words { get; } = RandomKey.ForReading(10);
    public bool IsNeeded => !environment.IsDevelopment();

    /// <summary>A wrong one waits before it is answered. Ten of 31 characters are not found by guessing.</summary>
    public async Task<bool> IsAsync(string? typed, CancellationToken stop)
    {
        if (Is(typed)) return true;
        await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
        return false;
    }

    /// <summary>Whether it was typed in this browser, since it was opened.</summary>
    public bool WasTyped(HttpRequest request) => Is(request.Cookies[Cookie]);

    /// <summary>So that what comes next, a large file perhaps, is taken without asking again.</summary>
    public void Remember(HttpContext context) =>
        context.Response.Cookies.Append(Cookie, Words, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/setup" });

    private bool Is(string? typed) => !IsNeeded || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(JoinCode.Typed(typed)), Encoding.UTF8.GetBytes(Words));
}
