using ClassHub.Classes;
using ClassHub.Planning;
using ClassHub.Web.Ui;

namespace ClassHub.Web.Pages.Planning;

/// <summary>One line of a preview of dates.</summary>
public sealed record MoveRow(string Title, string Where, PlannedDates From, PlannedDates To, string Whom)
{
    public static MoveRow Of(DateMove move) => new(move.Title, $"{TaskWords.Of(move.Kind)}, {SchoolClass.Called(move.ClassName, move.Subject)}", move.From, move.To,
        Times.Count(move.Pupils, "pupil") + (move.HandedIn > 0 ? $", {move.HandedIn} handed in already" : "") + (move.OwnDeadlines > 0 ? $", {Times.Count(move.OwnDeadlines, "own deadline stays", "own deadlines stay")}" : ""));

    public static MoveRow Of(CopiedPost copy) => new(copy.Title, TaskWords.Of(copy.Kind), copy.From, copy.AsDraft ? copy.To with { Out = null } : copy.To,
        copy.AsDraft ? "Was for some pupils only: a draft, choose for whom" : "New post");
}
