using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace ClassHub.Browser.Tests.Faults;

public enum Outcome { Unknown, Refused, Saved }

/// <summary>One piece of work that a pupil hands in, perhaps several times under the same key, and what they were told.</summary>
public sealed record Deed(Pupil Pupil, string Key, string Text, byte[]? File)
{
    private readonly Lock telling = new();

    public Outcome Outcome { get; private set; }
    public string? Receipt { get; private set; }
    /// <summary>When the receipt was read.</summary>
    public long SavedAt { get; private set; } = long.MaxValue;
    private int broken;

    public void WasSaved(string receipt)
    {
        lock (telling) (Outcome, Receipt, SavedAt) = (Outcome.Saved, Receipt is null || Receipt == receipt ? receipt : $"{Receipt} and {receipt}", Stopwatch.GetTimestamp());
    }

    /// <summary>Certainly refused only if no earlier try was left without an answer.</summary>
    public void WasRefused()
    {
        lock (telling) if (Outcome != Outcome.Saved && broken == 0) Outcome = Outcome.Refused;
    }

    public void WasBroken()
    {
        lock (telling)
        {
            broken++;
            if (Outcome != Outcome.Saved) Outcome = Outcome.Unknown;
        }
    }

    public string? FileHash { get; } = File is null ? null : Convert.ToHexStringLower(SHA256.HashData(File));
}

/// <summary>What all pupils were told. Afterwards the school's data folder must say the same: saved means saved, once and to the byte; refused means that nothing is there.</summary>
public sealed class History
{
    private readonly ConcurrentQueue<Deed> deeds = new();
    private readonly ConcurrentDictionary<int, int> answers = new();
    private readonly ConcurrentQueue<string> strange = new();

    public IEnumerable<Deed> Deeds => deeds;
    /// <summary>How often each status was answered.</summary>
    public IReadOnlyDictionary<int, int> Answers => answers;
    /// <summary>Answers that no pupil may ever get.</summary>
    public IReadOnlyCollection<string> Strange => strange;

    public int Count(Outcome outcome) => deeds.Count(d => d.Outcome == outcome);

    /// <summary>Every fourth brings a file.</summary>
    public Deed Begin(Pupil pupil, bool? withFile = null)
    {
        var bytes = withFile ?? RandomNumberGenerator.GetInt32(4) == 0 ? RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 20_000)) : null;
        var deed = new Deed(pupil, RandomNumberGenerator.GetHexString(32, lowercase: true), $"Half of {RandomNumberGenerator.GetInt32(1_000_000)} is …\nI folded it — “like so”. ½", bytes);
        deeds.Enqueue(deed);
        return deed;
    }

    public void Answered(int status, string words)
    {
        answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status is not (302 or 500 or 503 or 507) || words.Contains("database is locked", StringComparison.OrdinalIgnoreCase)) strange.Enqueue($"{status}: {words[..Math.Min(words.Length, 2000)]}");
    }

    /// <summary>Other work came under a key that was used: 422 and nothing else.</summary>
    public void RefusedAsUsed(int status)
    {
        answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status != 422) strange.Enqueue($"{status} to other work under a used key");
    }

    /// <summary>Where what is stored differs from what was told until then. The server must not be running.</summary>
    public IReadOnlyList<string> Differences(string folder, long until = long.MaxValue)
    {
        using var school = new StoredSchool(folder);
        List<string> wrong = [.. school.Damage()];
        var tasks = deeds.Select(d => d.Pupil.TaskId).ToHashSet();
        var stored = school.Versions(tasks);
        wrong.AddRange(Chains(stored));
        var byKey = stored.ToLookup(v => v.Key);
        foreach (var deed in deeds)
        {
            var versions = byKey[deed.Key].ToList();
            var isSaved = deed.Outcome == Outcome.Saved && deed.SavedAt < until;
            if (isSaved && versions.Count == 0) wrong.Add($"lost: {deed.Key} of {deed.Pupil.UserName}, receipt {deed.Receipt}");
            if (deed.Outcome == Outcome.Refused && versions.Count > 0) wrong.Add($"there although refused: {deed.Key}");
            if (versions.Count > 1) wrong.Add($"doubled: {deed.Key} is there {versions.Count} times");
            foreach (var version in versions) wrong.AddRange(Differences(deed, version, isSaved));
        }
        var keys = deeds.Select(d => d.Key).ToHashSet();
        wrong.AddRange(stored.Where(v => !keys.Contains(v.Key)).Select(v => $"nobody handed in {v.Key}"));
        return wrong;
    }

    private static IEnumerable<string> Differences(Deed deed, StoredVersion version, bool isSaved)
    {
        if (version.Text != deed.Text) yield return $"another text: {deed.Key}";
        if ((version.TaskId, version.PupilId) != (deed.Pupil.TaskId, deed.Pupil.PersonId)) yield return $"somebody else's: {deed.Key}";
        if (isSaved && version.Receipt != deed.Receipt) yield return $"another receipt: {deed.Key} has {version.Receipt}, told was {deed.Receipt}";
        string[] sent = deed.FileHash is { } hash ? [hash] : [];
        if (!version.FileHashes.SequenceEqual(sent)) yield return $"other files or lost bytes: {deed.Key} has {string.Join(", ", version.FileHashes)}, sent was {string.Join(", ", sent)}";
    }

    private static IEnumerable<string> Chains(IEnumerable<StoredVersion> versions) =>
        from version in versions
        group version by version.SubmissionId into submission
        let numbers = submission.Select(v => v.Number).Order().ToList()
        where !numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)) || submission.Any(v => v.NewestNumber != numbers.Count)
        select $"no chain: submission {submission.Key} has the versions {string.Join(' ', numbers)} and says {submission.First().NewestNumber}";
}
