using ClassHub.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Submissions;

/// <summary>"Hand in" was pressed while files were still on their way. The work is handed in when the last of them is there, as of the
/// press; then this row is gone.</summary>
public sealed class HandInWish
{
    /// <summary>An upload that nobody goes on with is swept after a day, and with it the hope that it comes.</summary>
    public static readonly TimeSpan Lasts = Upload.Lasts * 2;
    private const char Between = ' ';

    public int Id { get; private set; }
    public int SubmissionId { get; private set; }
    public Submission Submission { get; private set; } = null!;
    public int PupilId { get; private set; }
    /// <summary>That of the hand-in it becomes: pressed again, or sent by the device as well, it is still one.</summary>
    public string Key { get; private set; } = "";
    /// <summary>The words as they were when it was pressed.</summary>
    public string? Text { get; private set; }
    public bool IsOnPaper { get; private set; }
    /// <summary>When the school heard of the press.</summary>
    public DateTimeOffset PressedAt { get; private set; }
    /// <summary>When it was pressed, counted from the server's own clock; none where the device did not say.</summary>
    public DateTimeOffset? MadeAt { get; private set; }
    /// <summary>Keys of the uploads it waits for, in the order of the files, with blanks between.</summary>
    public string Awaits { get; private set; } = "";

    private HandInWish() { }

    public HandInWish(Submission submission, string key, HandInRequest pressed)
    {
        (Submission, SubmissionId, PupilId, Key) = (submission, submission.Id, submission.PupilId, key);
        (Text, IsOnPaper, PressedAt, MadeAt) = (pressed.Text, pressed.IsOnPaper, pressed.ArrivedAt, pressed.MadeAt);
    }

    public IReadOnlyList<string> Uploads => Awaits.Split(Between, StringSplitOptions.RemoveEmptyEntries);
    /// <summary>A broken upload that began anew has another key; the press stays the one it was.</summary>
    public void WaitFor(IEnumerable<string> uploads) => Awaits = string.Join(Between, uploads.Distinct());
}

internal sealed class HandInWishesTable : IEntityTypeConfiguration<HandInWish>
{
    public void Configure(EntityTypeBuilder<HandInWish> wish)
    {
        wish.Property(w => w.Key).HasMaxLength(64);
        wish.Property(w => w.Awaits).HasMaxLength(2_000);
        wish.Ignore(w => w.Uploads);
        wish.HasOne(w => w.Submission).WithMany().HasForeignKey(w => w.SubmissionId);
        wish.HasIndex(w => new { w.SubmissionId, w.Key }).IsUnique();
        wish.HasIndex(w => w.PupilId);
    }
}
