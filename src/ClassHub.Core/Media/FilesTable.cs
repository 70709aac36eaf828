using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Media;

internal sealed class FilesTable : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> file)
    {
        file.Property(f => f.Key).HasMaxLength(32);
        file.Property(f => f.Name).HasMaxLength(130);
        file.Property(f => f.ContentType).HasMaxLength(100);
        file.Property(f => f.Sha256).HasMaxLength(64);
        file.HasIndex(f => f.Key).IsUnique();
        file.HasIndex(f => f.Id).HasFilter("\"Words\" IS NULL").HasDatabaseName("IX_Files_WithoutWords");
        file.HasIndex(f => new { f.OwnerId, f.Size });
        file.HasIndex(f => new { f.ClassId, f.Size });
        file.HasIndex(f => f.CreatedAt).HasFilter("\"ClaimedAt\" IS NULL");
        file.HasIndex(f => f.CheckedAt);
        file.HasIndex(f => f.DamagedAt).HasFilter("\"DamagedAt\" IS NOT NULL");
        file.Property(f => f.Trouble).HasMaxLength(200);
        // What still has to be made smaller, the smallest first.
        file.HasIndex(f => f.Size).HasFilter("\"PreparedAt\" IS NULL");
        file.HasOne<Person>().WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UploadsTable : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> upload)
    {
        upload.Property(u => u.Key).HasMaxLength(32);
        upload.Property(u => u.Name).HasMaxLength(200);
        upload.Property(u => u.SentSha256).HasMaxLength(64);
        upload.HasIndex(u => u.Key).IsUnique();
        upload.HasIndex(u => u.OwnerId).HasFilter("\"FileId\" IS NULL");
        upload.HasIndex(u => u.ExpiresAt);
        upload.HasOne<Person>().WithMany().HasForeignKey(u => u.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RenditionsTable : IEntityTypeConfiguration<Rendition>
{
    public void Configure(EntityTypeBuilder<Rendition> rendition)
    {
        rendition.Property(r => r.Key).HasMaxLength(32);
        rendition.Property(r => r.ContentType).HasMaxLength(100);
        rendition.Property(r => r.Sha256).HasMaxLength(64);
        rendition.HasIndex(r => r.Key).IsUnique();
        rendition.HasOne(r => r.File).WithMany().HasForeignKey(r => r.FileId).OnDelete(DeleteBehavior.Cascade);
    }
}
