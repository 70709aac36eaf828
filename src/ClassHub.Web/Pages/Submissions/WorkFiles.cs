using ClassHub.Web.Ui;

namespace ClassHub.Web.Pages.Submissions;

/// <summary>The files of one version, for pupil and teacher alike.</summary>
public sealed record WorkFiles(int SubmissionId, IReadOnlyList<FileView> Files)
{
    /// <summary>What its pictures are called to those who do not see them.</summary>
    public string Label { get; init; } = "Pictures";
    public ShownFile Shown(FileView file, bool savesData) => new(file, $"/work/{SubmissionId}/files/", savesData);
}
