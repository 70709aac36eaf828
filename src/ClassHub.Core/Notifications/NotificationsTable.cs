using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

internal sealed class NotificationsTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> told)
    {
        told.HasIndex(n => new { n.RecipientId, n.Kind, n.SubjectId, n.Occurrence }).IsUnique();
        told.HasIndex(n => new { n.RecipientId, n.At });
        told.HasIndex(n => n.RecipientId).HasFilter("\"SeenAt\" IS NULL").HasDatabaseName("IX_Notifications_Unseen");
        told.HasOne<Person>().WithMany().HasForeignKey(n => n.RecipientId);
    }
}
