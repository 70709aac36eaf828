using ClassHub.Web.Pages.Tasks;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>The files of one version, for pupil and teacher alike.</summary>
public sealed record WorkFiles(int SubmissionId, IReadOnlyList<PupilTask.FileView> Files)
{
    /// <summary>What its pictures are called to those who do not see them.</summary>
    public string Label { get; init; } = "Pictures";
    public string AddressOf(PupilTask.FileView file) => $"/work/{SubmissionId}/files/{file.Key}";
}
