using System.Text;

namespace ClassHub.Media;

/// <summary>What is said from one moment to another, in milliseconds. Several lines where it was written so.</summary>
public sealed record Cue(int Start, int End, string Text)
{
    /// <summary>How long the last words stay when nobody said: about as long as reading them takes.</summary>
    internal static int EndAfter(int start, string text) => start + Math.Clamp(text.Length * 70, 2_000, 7_000);
}

/// <summary>The words of a sound or video: each with its time, one after the other, or none with a time yet.</summary>
/// <param name="IsTimed">Else all cues begin and end at nought, and are lines to read.</param>
public sealed record Transcript(bool IsTimed, IReadOnlyList<Cue> Cues)
{
    /// <summary>Cues of a file that were odd: put in order, lengthened, joined, or freed of what they repeat; and those that could not be read.</summary>
    public int Mended { get; init; }
    public int LeftOut { get; init; }
    /// <summary>What a file was read as, when it was not Unicode.</summary>
    public string? Encoding { get; init; }

    public const int MostCues = 5_000, LongestLine = 1_000;
    /// <summary>Of a file that is brought, and of what is kept; in bytes.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>As a person writes it: "0:05 Hello everyone." An end stands there only where a pause follows: "0:05 --> 0:08 Hello everyone."</summary>
    public string AsLines() => string.Join('\n', Cues.Select((cue, place) => !IsTimed ? cue.Text
        : cue.End == ImpliedEnd(cue, place) && !ReadTranscript.BeginsLikeAnEnd(cue.Text) ? $"{CueTime.InWords(cue.Start)} {cue.Text}"
            : $"{CueTime.InWords(cue.Start)} --> {CueTime.InWords(cue.End)} {cue.Text}"));

    /// <summary>As a player wants it. Marks of HTML in the words are words.</summary>
    public string AsVtt()
    {
        var vtt = new StringBuilder("WEBVTT\n");
        foreach (var cue in Cues)
            vtt.Append('\n').Append(CueTime.InVtt(cue.Start)).Append(" --> ").Append(CueTime.InVtt(cue.End)).Append('\n')
                .Append(cue.Text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")).Append('\n');
        return vtt.ToString();
    }

    private int ImpliedEnd(Cue cue, int place) => place + 1 < Cues.Count ? Cues[place + 1].Start : Cue.EndAfter(cue.Start, cue.Text);
}
