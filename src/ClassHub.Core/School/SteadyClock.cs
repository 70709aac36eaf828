namespace ClassHub.School;

/// <summary>The system's time without its jumps. A clock that is set wrong for a while ends no session, tells nothing early, sweeps nothing away and makes nobody late; a new time that stays is believed after two minutes.</summary>
/// <param name="jumped">Told once for each jump: by how much.</param>
public sealed class SteadyClock(TimeProvider system, Action<TimeSpan>? jumped = null) : TimeProvider
{
    /// <summary>What clocks are corrected by in passing.</summary>
    public static readonly TimeSpan Small = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Settles = TimeSpan.FromMinutes(2);
    /// <summary>Nobody lets a server run on and sets its clock by so much on purpose; a start believes any time.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(366);

    private readonly Lock telling = new();
    private DateTimeOffset told = system.GetUtcNow();
    /// <summary>On the clock that only counts and cannot be set.</summary>
    private long toldAt = system.GetTimestamp();
    private TimeSpan? jump;
    private long jumpedAt;

    public override DateTimeOffset GetUtcNow()
    {
        lock (telling)
        {
            var (now, at) = (system.GetUtcNow(), system.GetTimestamp());
            var counted = told + system.GetElapsedTime(toldAt, at);
            toldAt = at;
            return told = IsToBeBelieved(now - counted, at) ? now : counted;
        }
    }

    private bool IsToBeBelieved(TimeSpan off, long at)
    {
        if (off.Duration() <= Small)
        {
            jump = null;
            return true;
        }
        if (jump is not { } known || (off - known).Duration() > Small)
        {
            (jump, jumpedAt) = (off, at);
            jumped?.Invoke(off);
        }
        if (off.Duration() > Most || system.GetElapsedTime(jumpedAt, at) < Settles) return false;
        jump = null;
        return true;
    }
}
