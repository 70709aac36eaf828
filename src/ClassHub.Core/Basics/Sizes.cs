using System.Globalization;

namespace ClassHub;

/// <summary>Bytes as families read them: "190 KB", "2.5 MB". Thousands, as phone contracts count.</summary>
public static class Sizes
{
    public const long Kilo = 1_000, Mega = 1_000_000;

    public static string InWords(long bytes) => bytes switch
    {
        < Kilo => $"{bytes} B",
        < Mega => $"{Math.Max(1, bytes / Kilo)} KB",
        < 10 * Mega => ((double)bytes / Mega).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        < 1000 * Mega => $"{bytes / Mega} MB",
        _ => ((double)bytes / (1000 * Mega)).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
    };
}
