using ClassHub.Classes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Submissions;

internal sealed class SubmissionsTable : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> work)
    {
        work.Property(s => s.Version).IsConcurrencyToken();
        work.HasOne(s => s.Task).WithMany().HasForeignKey(s => s.TaskId).OnDelete(DeleteBehavior.Restrict);
        work.HasOne<SchoolClass>().WithMany().HasForeignKey(s => s.ClassId).OnDelete(DeleteBehavior.Restrict);
        work.HasOne(s => s.Pupil).WithMany().HasForeignKey(s => s.PupilId).OnDelete(DeleteBehavior.Restrict);
        work.Property(s => s.DraftPage).HasMaxLength(64);
        work.HasMany(s => s.Earlier).WithOne().HasForeignKey(e => e.SubmissionId);
        work.HasMany(s => s.DraftFiles).WithOne().HasForeignKey(f => f.SubmissionId);
        work.HasIndex(s => new { s.TaskId, s.PupilId }).IsUnique();
        work.HasIndex(s => new { s.PupilId, s.HandedInAt });
        work.HasIndex(s => new { s.PupilId, s.ReturnedAt });
        // The queue "To mark", oldest first.
        work.HasIndex(s => new { s.ClassId, s.HandedInAt }).HasFilter("\"HandedInAt\" IS NOT NULL AND \"ReturnedAt\" IS NULL").HasDatabaseName("IX_Submissions_ToMark");
    }
}

internal sealed class SubmissionVersionsTable : IEntityTypeConfiguration<SubmissionVersion>
{
    public void Configure(EntityTypeBuilder<SubmissionVersion> version)
    {
        version.Property(v => v.Key).HasMaxLength(64);
        version.Property(v => v.RequestHash).HasMaxLength(64);
        version.Property(v => v.Receipt).HasMaxLength(12);
        version.HasOne(v => v.Submission).WithMany().HasForeignKey(v => v.SubmissionId);
        version.HasMany(v => v.Files).WithOne(f => f.Version).HasForeignKey(f => f.VersionId);
        version.HasIndex(v => new { v.SubmissionId, v.Number }).IsUnique();
        version.HasIndex(v => new { v.SubmissionId, v.Key }).IsUnique();
        version.HasIndex(v => v.Receipt).IsUnique();
    }
}

internal sealed class DraftFilesTable : IEntityTypeConfiguration<DraftFile>
{
    public void Configure(EntityTypeBuilder<DraftFile> file)
    {
        file.HasKey(f => new { f.SubmissionId, f.FileId });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EarlierDraftsTable : IEntityTypeConfiguration<EarlierDraft>
{
    public void Configure(EntityTypeBuilder<EarlierDraft> earlier)
    {
        earlier.HasMany(e => e.Files).WithOne().HasForeignKey(f => f.EarlierDraftId);
        earlier.HasIndex(e => e.ReplacedAt);
    }
}

internal sealed class EarlierDraftFilesTable : IEntityTypeConfiguration<EarlierDraftFile>
{
    public void Configure(EntityTypeBuilder<EarlierDraftFile> file)
    {
        file.HasKey(f => new { f.EarlierDraftId, f.FileId });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SubmissionFilesTable : IEntityTypeConfiguration<SubmissionFile>
{
    public void Configure(EntityTypeBuilder<SubmissionFile> file)
    {
        file.HasKey(f => new { f.VersionId, f.FileId });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}
