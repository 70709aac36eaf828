using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Submissions;
using ClassHub.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Marking;

/// <summary>The work that lies in the centre.</summary>
public sealed record WorkView(int SubmissionId, int TaskId, int ClassId, string Title, int PupilId, string Forename, string Surname, DateTimeOffset? DueAt, DateTimeOffset? ExtendedTo, decimal? MostPoints, int Number, DateTimeOffset? HandedInAt, DateTimeOffset? ReturnedAt, bool IsSecondTry, bool WasOnTime)
{
    public string Pupil => ClassHub.People.Person.FullName(Forename, Surname);
    public bool IsLate => new Standing { Now = HandedInAt ?? default, DueAt = DueAt, ExtendedTo = ExtendedTo, HandedInAt = HandedInAt, IsSecondTry = IsSecondTry, WasOnTime = WasOnTime }.IsLate;
}

/// <summary>What a teacher answered to one version of it.</summary>
public sealed record MarkView(int Number, Result? Result, decimal? Points, string Comment, int Version, DateTimeOffset? ReturnedAt, DateTimeOffset? OpenedAt, string By, IReadOnlyList<FileView> Files)
{
    public bool MayBeTakenBack(DateTimeOffset now) => Mark.MayBeTakenBack(ReturnedAt, OpenedAt, now);

    /// <summary>Newest first.</summary>
    public static Task<List<MarkView>> OfAsync(ClassHubDb db, int submissionId, CancellationToken stop) =>
        db.Marks.Where(m => m.SubmissionId == submissionId).OrderByDescending(m => m.Number)
            .Select(m => new MarkView(m.Number, m.Result, m.Points, m.Comment, m.Version, m.ReturnedAt, m.OpenedAt,
                db.People.Where(p => p.Id == m.MarkedById).Select(p => p.Name).FirstOrDefault()!,
                m.Files.OrderBy(f => f.Place).Select(f => new FileView(f.FileId, f.File.Key, f.File.Name, f.File.ContentType, f.File.Size)).ToList()))
            .ToListAsync(stop);
}
