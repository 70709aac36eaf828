using System.Globalization;
using ClassHub.Media;

namespace ClassHub.Backups;

/// <summary>The archives that ClassHub keeps itself, in the folder "backups" of its data folder, and when the last backup was made anywhere.</summary>
public sealed class Archives(string dataFolder)
{
    public sealed record Archive(string Name, DateTimeOffset MadeAt, long Size);

    private const string Start = "classhub-", End = ".zip", Moment = "yyyyMMdd-HHmmss";
    private readonly string folder = Path.Combine(dataFolder, "backups");
    private string LastFile => Path.Combine(folder, "last.txt");
    private string FailedFile => Path.Combine(folder, "failed.txt");
    private string BegunFile => Path.Combine(dataFolder, "restoring");

    /// <summary>Files are being put back, or were when the power went: what lies in the store is no school's yet.</summary>
    public bool IsRestoreBegun => File.Exists(BegunFile);

    public void BeginRestore()
    {
        using (var mark = DurableFile.CreatePrivate(BegunFile)) DurableFile.Sync(mark.SafeFileHandle);
        DurableFile.SyncFolder(dataFolder);
    }

    public void EndRestore() => File.Delete(BegunFile);

    /// <summary>A name among the unfinished uploads: what a stopped program leaves there, the nightly sweep takes away.</summary>
    public string Temporary() => Path.Combine(Directory.CreateDirectory(Path.Combine(dataFolder, "unfinished")).FullName, RandomKey.Hex());

    public string NewPath(DateTimeOffset now) => Path.Combine(Directory.CreateDirectory(folder).FullName, Start + now.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture) + End);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Archive> All() => !Directory.Exists(folder) ? [] :
        [.. new DirectoryInfo(folder).EnumerateFiles(Start + "*" + End).Select(f => (f, at: MadeAt(f.Name))).Where(f => f.at is not null)
            .Select(f => new Archive(f.f.Name, f.at!.Value, f.f.Length)).OrderByDescending(a => a.MadeAt)];

    public bool IsOneBeingMade => Directory.Exists(folder) && Directory.EnumerateFiles(folder, Start + "*" + End + ".part").Any();

    /// <summary>Nothing when it is not one of the list: what somebody sent never becomes a path.</summary>
    public FileStream? Open(string? name) => All().FirstOrDefault(a => a.Name == name) is { } found
        ? new(Path.Combine(folder, found.Name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81_920, useAsync: true) : null;

    /// <summary>The others go, and what a stopped program left half-written.</summary>
    public void KeepNewest(int count)
    {
        foreach (var left in Directory.EnumerateFiles(folder, Start + "*" + End + ".part")) File.Delete(left);
        foreach (var old in All().Skip(count)) File.Delete(Path.Combine(folder, old.Name));
    }

    public void NoteMade(DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(LastFile, now.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture));
        File.Delete(FailedFile);
    }

    /// <param name="why">In words for the office.</param>
    public void NoteFailed(DateTimeOffset now, string why)
    {
        Directory.CreateDirectory(folder);
        try { File.WriteAllText(FailedFile, now.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture) + " " + PlainText.Line(why, 300)); }
        catch (IOException) { /* the file itself stands there, although empty */ }
    }

    /// <summary>Said before it begins and taken back when it is made, so that no end of it, a full disk or a lost current, leaves the last word to the backup
    /// before.</summary>
    public void NoteBegun(DateTimeOffset now) => NoteFailed(now, "It is being made, or it broke off.");

    /// <summary>The last try, if it failed.</summary>
    public (DateTimeOffset At, string Why)? Failed =>
        !File.Exists(FailedFile) ? null
        : File.ReadAllText(FailedFile).Split(' ', 2) is [var moment, var why] && At(moment) is { } at ? (at, why)
        : (new DateTimeOffset(File.GetLastWriteTimeUtc(FailedFile)), Trouble.NoSpace);

    /// <summary>Nothing when none was ever made.</summary>
    public DateTimeOffset? LastMadeAt => File.Exists(LastFile) ? At(File.ReadAllText(LastFile).Trim()) : null;

    private static DateTimeOffset? MadeAt(string name) => At(name[Start.Length..^End.Length]);

    private static DateTimeOffset? At(string moment) =>
        DateTimeOffset.TryParseExact(moment, Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
