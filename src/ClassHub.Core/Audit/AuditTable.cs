using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Audit;

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("Audit");
        entry.Property(a => a.Reason).HasMaxLength(500);
        entry.Property(a => a.Hash).HasMaxLength(64);
        entry.Property(a => a.PreviousHash).HasMaxLength(64);
        entry.HasIndex(a => a.PreviousHash).IsUnique();
        entry.HasIndex(a => new { a.ActorId, a.Action, a.SubjectId, a.At });
    }
}
