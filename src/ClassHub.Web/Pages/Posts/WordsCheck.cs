using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Posts;

/// <summary>Somebody whom a post is for needs the words of what it plays, and they are not there.</summary>
/// <param name="Address">Where they can be written already; none while the file is still on the teacher's device.</param>
public sealed record WordsCheck(int Pupils, bool IsOneClass, string? Address)
{
    public string Sentence => $"{(Pupils == 1 ? "One pupil" : $"{Pupils} pupils")} of {(IsOneClass ? "this class" : "these classes")} {(Pupils == 1 ? "needs" : "need")} the words with sound.{(Address is null ? " Add them after posting." : "")}";

    public static async Task<WordsCheck?> ReadAsync(ClassHubDb db, Viewer viewer, ComposeForm form, IReadOnlyList<FileView> files, CancellationToken stop)
    {
        var played = files.Where(f => FileKind.IsPlayed(f.ContentType)).Select(f => f.Id).ToList();
        var silent = played.Count == 0 ? [] : await db.Files.Where(f => played.Contains(f.Id) && !db.Captions.Any(c => c.FileId == f.Id)).Select(f => f.Id).ToListAsync(stop);
        if (silent.Count == 0 && form.ChosenPlayed <= 0) return null;

        var others = form.Also.Where(a => a.Chosen && viewer.Teaches.Contains(a.ClassId)).Select(a => a.ClassId).ToList();
        var classId = viewer.Me.ClassId;
        var pupils = await db.PupilsNeedingWordsAsync(form.ForAll ? [classId, .. others] : others, classId, form.Groups, form.Pupils, stop);
        if (pupils == 0) return null;
        var key = silent.Count == 0 ? null : await db.Files.WordsWritableBy(viewer, db).Where(f => silent.Contains(f.Id)).OrderBy(f => f.Id).Select(f => f.Key).FirstOrDefaultAsync(stop);
        return new(pupils, others.Count == 0, key is null ? null : $"/files/{key}/words/edit");
    }
}
