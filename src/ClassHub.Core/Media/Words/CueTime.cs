using System.Globalization;
using System.Text.RegularExpressions;

namespace ClassHub.Media;

/// <summary>A moment of a sound or video: "0:05", "1:02:03.250", as files and people write it.</summary>
public static partial class CueTime
{
    /// <summary>Milliseconds; nothing when it only looks like a time ("0:75"), or is later than any recording.</summary>
    public static int? Of(string written)
    {
        var match = Shape().Match(written);
        if (!match.Success) return null;
        var (hasHours, hours, minutes, seconds) = (match.Groups[1].Success, Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]));
        if (seconds > 59 || (hasHours && minutes > 59) || hours > 23) return null;
        return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int.Parse(match.Groups[4].Value.PadRight(3, '0'), CultureInfo.InvariantCulture);
    }

    /// <summary>"0:05", with thousandths only where there are some.</summary>
    public static string InWords(int milliseconds)
    {
        var (hours, minutes, seconds, rest) = Parts(milliseconds);
        var time = hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{seconds:00}") : string.Create(CultureInfo.InvariantCulture, $"{minutes}:{seconds:00}");
        return rest == 0 ? time : string.Create(CultureInfo.InvariantCulture, $"{time}.{rest:000}");
    }

    /// <summary>"00:00:05.000", as WebVTT wants it.</summary>
    internal static string InVtt(int milliseconds)
    {
        var (hours, minutes, seconds, rest) = Parts(milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}:{seconds:00}.{rest:000}");
    }

    private static (int Hours, int Minutes, int Seconds, int Thousandths) Parts(int all) => (all / 3_600_000, all / 60_000 % 60, all / 1000 % 60, all % 1000);

    private static int Number(Group digits) => digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    /// <summary>Hours may be missing; decimals come after a point, or after a comma as in SRT.</summary>
    [GeneratedRegex(@"\A(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2})(?:[.,]([0-9]{1,3}))?\z", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Shape();
}
