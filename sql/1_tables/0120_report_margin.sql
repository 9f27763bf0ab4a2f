-- Lifetime values are margins. What an order costs can come with it (cost_minor); what does not is this share.
alter table report_setting add column if not exists margin_share Float64 default 1
    comment 'Share of net revenue left after the costs that orders do not carry; 0 to 1';
