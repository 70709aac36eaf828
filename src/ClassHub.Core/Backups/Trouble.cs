using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Backups;

public static class Trouble
{
    /// <summary>Why a backup was not made or not brought back, for the office: nobody waited, so it reads this later.</summary>
    public static string InWords(Exception problem) => problem switch
    {
        RuleBroken rule => rule.Message,
        OperationCanceledException => "ClassHub was stopped meanwhile.",
        NoRoomLeft => NoSpace,
        IOException full when DurableFile.IsFull(full) => NoSpace,
        UnauthorizedAccessException => "ClassHub may not write into its own folder.",
        IOException => "The disk did not take it.",
        _ when DatabaseUnable.Behind(problem) is { } told => told is FullDisk ? NoSpace : told.Message,
        _ => "It broke off. The person who runs the server finds more in the log.",
    };

    internal const string NoSpace = "There is not enough space on the disk for it.";
}
