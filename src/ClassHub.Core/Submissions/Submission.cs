using ClassHub.Classes;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Tasks;

namespace ClassHub.Submissions;

/// <summary>One pupil's work for one task: the draft, and the frozen versions that were handed in.</summary>
public sealed class Submission
{
    public const int LongestText = 20_000;

    public int Id { get; private set; }
    public int TaskId { get; private set; }
    public ClassTask Task { get; private set; } = null!;
    public int ClassId { get; private set; }
    public int PupilId { get; private set; }
    public Person Pupil { get; private set; } = null!;

    public string? DraftText { get; private set; }
    public DateTimeOffset? DraftSavedAt { get; private set; }
    /// <summary>Counts the saves, so that two devices cannot overwrite each other unawares.</summary>
    public int DraftVersion { get; private set; }
    /// <summary>The page or device that saved the draft last, by a key made with its form.</summary>
    public string? DraftPage { get; private set; }
    /// <summary>What this draft held and was replaced. Only added to here; read by <see cref="DraftHistory"/>.</summary>
    public List<EarlierDraft> Earlier { get; private set; } = [];
    public List<DraftFile> DraftFiles { get; private set; } = [];

    /// <summary>The newest version; 0 before the first hand-in.</summary>
    public int Number { get; private set; }
    /// <summary>When the version that counts was handed in; none while nothing is handed in.</summary>
    public DateTimeOffset? HandedInAt { get; private set; }
    /// <summary>When that version was given back; for the pupil from that moment on, which lies ahead as long as the teacher can take it back without a trace.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }
    /// <summary>The teacher gave it back with "Try again".</summary>
    public bool IsAskedAgain { get; private set; }
    /// <summary>The version that counts came after "Try again": it is never late.</summary>
    public bool IsSecondTry { get; private set; }
    /// <summary>The version that counts came before its deadline, as it was then: a deadline that moves makes nobody late.</summary>
    public bool WasOnTime { get; private set; }
    public bool IsOnPaper { get; private set; }
    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    private Submission() { }
    public Submission(ClassTask task, int pupilId) => (Task, TaskId, ClassId, PupilId) = (task, task.Id, task.ClassId, pupilId);

    public bool HasDraft => DraftSavedAt is not null;

    /// <summary>Words that another page saved, and some of a page's own, go into the draft's history (see <see cref="EarlierDraft.IsKept"/>).</summary>
    /// <param name="page">The key of the form that saves; none: nobody's own, so that whatever was there is kept.</param>
    /// <exception cref="RuleBroken">Too long.</exception>
    public void SaveDraft(string? text, DateTimeOffset now, string? page = null)
    {
        if (text?.Length > LongestText) throw new RuleBroken($"That is longer than {LongestText:N0} characters. Attach it as a file instead.", "Text");
        var words = PlainText.Lines(text, LongestText);
        if (HasDraft && EarlierDraft.IsKept(DraftText, DraftSavedAt!.Value, words, now, IsOwn(page))) Earlier.Add(new EarlierDraft(DraftText, DraftSavedAt.Value, now));
        (DraftText, DraftSavedAt, DraftPage) = (words, now, page);
        DraftVersion++;
        Version++;
    }

    /// <exception cref="RuleBroken">Too many, or the file belongs to other work already.</exception>
    public void AttachToDraft(StoredFile file, int most, DateTimeOffset now)
    {
        if (DraftFiles.Any(f => f.FileId == file.Id)) return;
        if (file.ClaimedAt is not null) throw new RuleBroken($"“{file.Name}” belongs to other work already. Choose it again.", "Files");
        if (DraftFiles.Count >= most) throw new RuleBroken($"At most {most} files can be handed in together.", "Files");
        DraftFiles.Add(new DraftFile(file, DraftFiles.Count == 0 ? 0 : DraftFiles.Max(f => f.Place) + 1));
        file.Claim(now);
        DraftSavedAt = now;
        Version++;
    }

    private bool IsOwn(string? page) => page is not null && page == DraftPage;

    /// <summary>The words that a form would replace although it has never shown them: another page or device saved them meanwhile. None when all is as the form saw it.</summary>
    /// <param name="seen">The draft that the form was made from; none for who takes it as it comes.</param>
    /// <param name="newest">What is handed in, when there is no draft.</param>
    public DraftChanged? Unseen(int? seen, string? page, string? text, SubmissionVersion? newest)
    {
        if (seen is null || seen == DraftVersion || IsOwn(page)) return null;
        var (there, at) = HasDraft ? (DraftText ?? "", DraftSavedAt!.Value) : newest is not null ? (newest.Text, newest.HandedInAt) : ("", default);
        if (there == PlainText.Lines(text, LongestText) || (HasDraft && string.IsNullOrWhiteSpace(there)) || (!HasDraft && newest is null)) return null;
        return new DraftChanged(DraftVersion, there, at, isHandedIn: !HasDraft);
    }

    /// <summary>Takes a file out of the draft. It stays in the history, as a file is easily taken out by mistake.</summary>
    public void Detach(int fileId, DateTimeOffset now)
    {
        if (DraftFiles.Find(f => f.FileId == fileId) is { } gone) Earlier.Add(new EarlierDraft("", DraftSavedAt ?? now, now, [gone.File]));
        DraftFiles.RemoveAll(f => f.FileId == fileId);
        DraftSavedAt = now;
        Version++;
    }

    /// <summary>One place earlier or later among the files of the draft; the first and the last have nowhere further to go.</summary>
    public void Move(int fileId, bool earlier, DateTimeOffset now)
    {
        var order = DraftFiles.OrderBy(f => f.Place).ToList();
        var from = order.FindIndex(f => f.FileId == fileId);
        var to = earlier ? from - 1 : from + 1;
        if (from < 0 || to < 0 || to >= order.Count) return;
        (order[from], order[to]) = (order[to], order[from]);
        for (var place = 0; place < order.Count; place++) order[place].MoveTo(place);
        DraftSavedAt = now;
        Version++;
    }

    /// <summary>Begins to change work that was handed in; the version handed in stays where it is until a new one comes.</summary>
    public void StartChange(SubmissionVersion newest, DateTimeOffset now)
    {
        if (HasDraft) return;
        SaveDraft(newest.Text, now);
        DraftFiles.AddRange(newest.Files.Select(f => new DraftFile(f.File, f.Place)));
    }

    /// <summary>Freezes the draft as the next version.</summary>
    /// <exception cref="RuleBroken">There is nothing to hand in.</exception>
    public SubmissionVersion HandIn(HandInFacts facts)
    {
        var isEmpty = string.IsNullOrWhiteSpace(DraftText) && DraftFiles.Count == 0;
        if (isEmpty && !facts.IsOnPaper && Task.Ways != HandInWays.OnPaper) throw new RuleBroken("There is nothing to hand in yet. Write something, add a file, or tick that you did it on paper.", "Text");
        var version = new SubmissionVersion(this, Number + 1, facts, isEmpty);
        IsSecondTry = (IsAskedAgain && !(ReturnedAt > facts.At)) || (IsSecondTry && HandedInAt is not null);
        (Number, HandedInAt, ReturnedAt, IsAskedAgain, IsOnPaper, WasOnTime) = (version.Number, facts.At, null, false, version.IsOnPaper, facts.IsOnTime);
        ForgetDraft();
        return version;
    }

    /// <summary>Nothing is handed in any more; the work is the draft again.</summary>
    public void TakeBack(SubmissionVersion newest, DateTimeOffset now)
    {
        StartChange(newest, now);
        newest.TakeBack(now);
        // Work taken back after "Try again" is still a second try.
        (HandedInAt, ReturnedAt, IsAskedAgain, IsSecondTry, IsOnPaper, WasOnTime) = (null, null, IsSecondTry, false, false, false);
        Version++;
    }

    public void GiveBack(bool tryAgain, DateTimeOffset at)
    {
        (ReturnedAt, IsAskedAgain) = (at, tryAgain);
        Version++;
    }

    /// <summary>It lies with the teacher again.</summary>
    public void TakeBackFeedback()
    {
        (ReturnedAt, IsAskedAgain) = (null, false);
        Version++;
    }

    /// <summary>Leaves what was handed in as it is; the changes begun since go into the history.</summary>
    public void DropDraft(SubmissionVersion newest, DateTimeOffset now)
    {
        var files = DraftFiles.Select(f => f.File).Where(f => newest.Files.All(n => n.FileId != f.Id)).ToList();
        var words = DraftText?.Trim() == newest.Text ? "" : DraftText ?? "";
        if (files.Count > 0 || !string.IsNullOrWhiteSpace(words)) Earlier.Add(new EarlierDraft(words, DraftSavedAt ?? now, now, files));
        ForgetDraft();
    }

    /// <summary>Words and files of the history are the draft's again; the words that stand there now go into the history.</summary>
    /// <exception cref="RuleBroken">Too many files.</exception>
    public void BringBack(EarlierDraft earlier, int mostFiles, DateTimeOffset now)
    {
        SaveDraft(earlier.Text == "" ? DraftText : earlier.Text, now);
        var missing = earlier.Files.Select(f => f.File).Where(f => DraftFiles.All(d => d.FileId != f.Id)).ToList();
        if (DraftFiles.Count + missing.Count > mostFiles) throw new RuleBroken($"At most {mostFiles} files can be handed in together. Remove one first.", "Files");
        foreach (var file in missing) DraftFiles.Add(new DraftFile(file, DraftFiles.Count == 0 ? 0 : DraftFiles.Max(f => f.Place) + 1));
    }

    private void ForgetDraft()
    {
        (DraftText, DraftSavedAt, DraftPage) = (null, null, null);
        DraftFiles.Clear();
        DraftVersion++;
        Version++;
    }

    public bool MayBeMarkedBy(MyClass me) => me.IsTeacher && me.ClassId == ClassId;
}

/// <summary>What is known when work arrives. <paramref name="At"/> is the moment that counts: a slow line or none does not make late.</summary>
public sealed record HandInFacts(string Key, string RequestHash, int ByPersonId, bool IsOnPaper, DateTimeOffset At)
{
    /// <summary>When a device without a connection finished it, and when it came.</summary>
    public DateTimeOffset? MadeAt { get; init; }
    public DateTimeOffset? ArrivedAt { get; init; }
    public bool IsOnTime { get; init; }
}

/// <summary>Work as it was when it was handed in. Never changes.</summary>
public sealed class SubmissionVersion
{
    public int Id { get; private set; }
    public int SubmissionId { get; private set; }
    public Submission Submission { get; private set; } = null!;
    /// <summary>From 1.</summary>
    public int Number { get; private set; }
    public string Text { get; private set; } = "";
    public bool IsOnPaper { get; private set; }
    /// <summary>The moment that counts.</summary>
    public DateTimeOffset HandedInAt { get; private set; }
    /// <summary>When a device without a connection finished it, and when it came: "made 18:40, arrived 21:05". None for work that came at once.</summary>
    public DateTimeOffset? MadeAt { get; private set; }
    public DateTimeOffset? ArrivedAt { get; private set; }
    public DateTimeOffset? TakenBackAt { get; private set; }
    /// <summary>The pupil, or the teacher who filed it for them.</summary>
    public int ByPersonId { get; private set; }
    /// <summary>Made once with the form: the same key never makes a second version.</summary>
    public string Key { get; private set; } = "";
    /// <summary>Hash of what came with the key.</summary>
    public string RequestHash { get; private set; } = "";
    /// <summary>"7F3K92QD": on the receipt, for looking the work up.</summary>
    public string Receipt { get; private set; } = "";
    public List<SubmissionFile> Files { get; private set; } = [];

    private SubmissionVersion() { }

    internal SubmissionVersion(Submission submission, int number, HandInFacts facts, bool isEmpty)
    {
        (Submission, Number, Text) = (submission, number, submission.DraftText?.Trim() ?? "");
        (HandedInAt, ByPersonId, Key, RequestHash) = (facts.At, facts.ByPersonId, facts.Key, facts.RequestHash);
        (MadeAt, ArrivedAt) = (facts.MadeAt, facts.ArrivedAt);
        IsOnPaper = facts.IsOnPaper || isEmpty;
        Receipt = RandomKey.ForReading(8);
        Files.AddRange(submission.DraftFiles.OrderBy(f => f.Place).Select((f, place) => new SubmissionFile(f.File, f.FileId, place)));
    }

    internal void TakeBack(DateTimeOffset now) => TakenBackAt ??= now;
}

public sealed class DraftFile
{
    public int SubmissionId { get; private set; }
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public int Place { get; private set; }
    private DraftFile() { }
    public DraftFile(StoredFile file, int place) => (File, FileId, Place) = (file, file.Id, place);
    internal void MoveTo(int place) => Place = place;
}

public sealed class SubmissionFile
{
    public int VersionId { get; private set; }
    public SubmissionVersion Version { get; private set; } = null!;
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public int Place { get; private set; }
    private SubmissionFile() { }
    internal SubmissionFile(StoredFile file, int fileId, int place) => (File, FileId, Place) = (file, fileId, place);
}
