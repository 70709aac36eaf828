using ClassHub.Media;

namespace ClassHub.Backups;

public static class Trouble
{
    /// <summary>Why a backup was not made or not brought back, for the office: nobody waited, so it reads this later.</summary>
    public static string InWords(Exception problem) => problem switch
    {
        RuleBroken rule => rule.Message,
        OperationCanceledException => "ClassHub was stopped meanwhile.",
        NoRoomLeft => FullSentence,
        IOException full when DurableFile.IsFull(full) => FullSentence,
        UnauthorizedAccessException => "ClassHub may not write into its own folder.",
        IOException => "The disk did not take it.",
        _ => "It broke off. The person who runs the server finds more in the log.",
    };

    private const string FullSentence = "There is not enough space on the disk for it.";
}
