using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Marking;

internal sealed class MarksTable : IEntityTypeConfiguration<Mark>
{
    public void Configure(EntityTypeBuilder<Mark> mark)
    {
        mark.Property(m => m.Version).IsConcurrencyToken();
        mark.HasOne(m => m.Submission).WithMany().HasForeignKey(m => m.SubmissionId);
        mark.HasMany(m => m.Files).WithOne(f => f.Mark).HasForeignKey(f => f.MarkId);
        mark.HasIndex(m => new { m.SubmissionId, m.Number }).IsUnique();
    }
}

internal sealed class MarkFilesTable : IEntityTypeConfiguration<MarkFile>
{
    public void Configure(EntityTypeBuilder<MarkFile> file)
    {
        file.HasKey(f => new { f.MarkId, f.FileId });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}
