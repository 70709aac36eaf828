using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Media;

/// <summary>The words of one sound or video, for those who cannot hear it or would rather read. They belong to the file, wherever it is shown.</summary>
public sealed class Captions
{
    public int FileId { get; private set; }
    /// <summary>As <see cref="Transcript.AsLines"/> writes it.</summary>
    public string Text { get; private set; } = "";
    /// <summary>The words by which it is found; none for a row from before they were kept.</summary>
    public string? Words { get; private set; }
    /// <summary>Whether a player can show them while it plays.</summary>
    public bool IsTimed { get; private set; }
    /// <summary>Of the text, in bytes.</summary>
    public int Size { get; private set; }
    public int WrittenById { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }
    /// <summary>Counts the changes: part of the address a player asks, and concurrency token.</summary>
    public int Version { get; private set; }

    private Captions() { }
    public Captions(StoredFile file) => FileId = file.Id;

    public Transcript Transcript => ReadTranscript.OfLines(Text);

    /// <exception cref="RuleBroken">More than is kept.</exception>
    public void Write(Transcript words, int byPersonId, DateTimeOffset now)
    {
        var text = words.AsLines();
        var size = Encoding.UTF8.GetByteCount(text);
        if (size > Transcript.MostBytes) throw new RuleBroken($"These words are longer than {Sizes.InWords(Transcript.MostBytes)}.", "Text");
        (Text, IsTimed, Size, WrittenById, WrittenAt) = (text, words.IsTimed, size, byPersonId, now);
        KeepWords();
        Version++;
    }

    /// <summary>A cue's words may stand in two lines, and a phrase goes across cues: their times are no words.</summary>
    public void KeepWords() => Words = Fold.Words(string.Join('\n', Transcript.Cues.Select(c => c.Text)));
}

internal sealed class CaptionsTable : IEntityTypeConfiguration<Captions>
{
    public void Configure(EntityTypeBuilder<Captions> captions)
    {
        captions.HasKey(c => c.FileId);
        captions.Property(c => c.FileId).ValueGeneratedNever();
        captions.Property(c => c.Version).IsConcurrencyToken();
        captions.Ignore(c => c.Transcript);
        captions.HasOne<StoredFile>().WithOne().HasForeignKey<Captions>(c => c.FileId).OnDelete(DeleteBehavior.Cascade);
    }
}
