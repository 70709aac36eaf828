using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Marking;

internal sealed class MarksTable : IEntityTypeConfiguration<Mark>
{
    public void Configure(EntityTypeBuilder<Mark> mark)
    {
        mark.Property(m => m.Version).IsConcurrencyToken();
        mark.HasOne(m => m.Submission).WithMany().HasForeignKey(m => m.SubmissionId);
        mark.HasIndex(m => new { m.SubmissionId, m.Number }).IsUnique();
    }
}
