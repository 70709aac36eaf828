using System.Text;
using ClassHub.Media;

namespace ClassHub.Backups;

/// <summary>The last words of an archive, where a zip has its comment: the hash of every byte before them. A zip by itself does not notice each changed byte.</summary>
internal static class Seal
{
    private const string Word = "ClassHub ";
    private const int Digits = 64;

    /// <summary>Keeps the place until all else is written.</summary>
    public static readonly string Open = Word + new string('0', Digits);

    public static async Task CloseAsync(FileStream archive, CancellationToken stop)
    {
        var hash = await HashAsync(archive, stop);
        archive.Position = archive.Length - Digits;
        await archive.WriteAsync(Encoding.ASCII.GetBytes(hash), stop);
    }

    /// <exception cref="RuleBroken">There is no seal, or it is broken.</exception>
    public static async Task MustHoldAsync(FileStream archive, CancellationToken stop)
    {
        var end = new byte[Word.Length + Digits];
        if (archive.Length > end.Length)
        {
            archive.Position = archive.Length - end.Length;
            await archive.ReadExactlyAsync(end, stop);
        }
        var words = Encoding.ASCII.GetString(end);
        if (!words.StartsWith(Word, StringComparison.Ordinal)) throw new RuleBroken("This is not a backup of ClassHub, or its end is missing.");
        if (words[Word.Length..] != await HashAsync(archive, stop)) throw Broken();
        archive.Position = 0;
    }

    public static RuleBroken Broken() => new("This backup is damaged: it is not what ClassHub wrote. Take another one.");

    private static async Task<string> HashAsync(FileStream archive, CancellationToken stop)
    {
        archive.Position = 0;
        return (await Bytes.ReadAsync(archive, null, stop, archive.Length - Digits)).Sha256;
    }
}
