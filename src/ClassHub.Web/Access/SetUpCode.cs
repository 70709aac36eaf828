using System.Security.Cryptography;
using System.Text;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.AspNetCore.DataProtection;

namespace ClassHub.Web.Access;

/// <summary>The first run asks for the words of the log, else the first visitor would own the school; in Development it asks for nothing. The database keeps
/// them, so that all servers know the same.</summary>
public sealed class SetUpCode(IWebHostEnvironment environment, IDataProtectionProvider protection, TimeProvider clock, ILogger<SetUpCode> log)
{
    private const string Cookie = "classhub-setup";
    private const int MostWaiting = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private int waiting;

    public string Words { get; private set; } = RandomKey.ForReading(10);

    public async Task ShareAsync(ClassHubDb db, CancellationToken stop) => Words = await db.ShareSetUpWordsAsync(Words, stop);
    public bool IsNeeded => !environment.IsDevelopment();

    /// <summary>One code after another is looked at, whoever sends it, and a second passes after a wrong one.</summary>
    /// <exception cref="RuleBroken">It is wrong, or too many wait already.</exception>
    public async Task MustBeAsync(string? typed, HttpContext context, CancellationToken stop)
    {
        if (!IsNeeded) return;
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new RuleBroken($"Others type codes just now, so yours was not looked at. Try again in {MostWaiting} seconds.", "Code");
        }
        try
        {
            await oneAtATime.WaitAsync(stop);
            try
            {
                if (Is(JoinCode.Typed(typed))) return;
                log.LogWarning("A wrong set-up code came from {Network}.", Network.Of(context));
                await Task.Delay(Pause, clock, stop);
            }
            finally { oneAtATime.Release(); }
        }
        finally { Interlocked.Decrement(ref waiting); }
        throw new RuleBroken("That is not the code in the log.", "Code");
    }

    /// <summary>Whether it was typed in this browser, since it was opened. The cookie is ours, so nobody guesses at the words through it.</summary>
    public bool WasTyped(HttpRequest request)
    {
        if (!IsNeeded) return true;
        try { return request.Cookies[Cookie] is { } kept && Is(Protector.Unprotect(kept)); }
        catch (CryptographicException) { return false; }
    }

    /// <summary>So that what comes next, a large file perhaps, is taken without asking again.</summary>
    public void Remember(HttpContext context) =>
        context.Response.Cookies.Append(Cookie, Protector.Protect(Words), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/setup",
        });

    private IDataProtector Protector => protection.CreateProtector("set-up code");

    private bool Is(string typed) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(typed), Encoding.UTF8.GetBytes(Words));
}
