"""The one door for writing records: commands, the rules of a form, and the pipeline that performs commands.

authorize → decode → settle values → judge → number → store → history → search → jobs, in one transaction.
"""
