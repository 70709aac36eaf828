using ClassHub.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace ClassHub.Web.Access;

/// <summary>When the database is away or full the log says so in one line, with what to do: once a second at most, however many ask.</summary>
public sealed class DatabaseWord(TimeProvider clock, ILogger<DatabaseWord> log) : IExceptionHandler
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private readonly Lock telling = new();
    private long? lastAt;
    private int since;

    /// <summary>False when it is something else, of which whoever met it must tell.</summary>
    public bool Says(Exception problem)
    {
        if (DatabaseUnable.Behind(problem) is not { } told) return false;
        int asked;
        lock (telling)
        {
            since++;
            if (lastAt is { } last && clock.GetElapsedTime(last) < Often) return true;
            (asked, since, lastAt) = (since, 0, clock.GetTimestamp());
        }
        log.LogError("{Advice} ({Cause}) {Count}", told.Advice, PlainText.Line(told.GetBaseException().Message, 200), asked == 1 ? "1 request was refused."
            : $"{asked} requests were refused since the last line.");
        return true;
    }

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        Says(exception);
        return ValueTask.FromResult(false);
    }
}
