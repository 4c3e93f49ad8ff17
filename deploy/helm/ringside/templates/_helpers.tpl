{{- define "ringside.labels" -}}
app.kubernetes.io/name: ringside
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "ringside.name" -}}
{{ printf "%s-ringside" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
