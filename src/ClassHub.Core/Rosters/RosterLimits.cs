namespace ClassHub.Rosters;

/// <summary>How big a roster may be: far above any school, far below what could hurt the server.</summary>
public static class RosterLimits
{
    public const int Rows = 50_000, Enrolments = 200_000, Columns = 200, Cell = 5_000, ZipEntries = 100;
    public const long Bytes = 10 * Sizes.Mega, UnpackedBytes = 64 << 20, KeptBytes = 200 * Sizes.Mega;

    public static RuleBroken TooBig() => new($"This file is too big. A roster has at most {Sizes.InWords(Bytes)}. Nothing was changed.", "Files");
}
