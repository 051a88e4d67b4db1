"""Reports to donors: what they cover, who is counted and how often, their tables, and what of them may be public.

The figures are plain values made from few queries; `trainings.reports.frozen` keeps them.
"""
