door-proposals-desk = Propuestas por responder
subject-proposal = Propuesta
subject-argument = Argumento
subject-amendment = Enmienda
part-proposal-title = El título
part-proposal-text = El texto
part-proposal-old-title = Un título anterior
part-proposal-old-text = Un texto anterior
part-argument = El argumento
part-amendment-why = La razón dada
proposal-state-draft = Borrador
proposal-state-open = Abierta
proposal-state-feasible = Viable
proposal-state-infeasible = No viable
proposal-state-answered = Respondida
proposal-state-withdrawn = Retirada
proposal-state-merged = Unida a otra
proposal-overdue = Respuesta atrasada
proposals-title = Propuestas
proposals-all = Todas las propuestas
proposals-feed = Nuevas propuestas
proposals-filters = Filtrar las propuestas
proposals-words = Palabras
proposals-process = Proceso
proposals-state = Estado
proposals-sort = Orden
proposals-sort-newest = Más recientes
proposals-sort-supported = Más apoyadas
proposals-sort-discussed = Más debatidas
proposals-sort-random = Al azar
proposals-filter = Filtrar
proposals-clear = Quitar el filtro
proposals-found = Propuestas encontradas
proposals-none = No hay propuestas aquí
proposals-none-text = Amplíe el filtro o sea la primera persona en proponer algo.
proposals-all-processes = Todos los procesos
proposals-all-categories = Todas las categorías
proposals-all-districts = Todos los distritos
proposals-all-states = Todos los estados
proposals-total = { $count ->
    [one] Una propuesta
   *[other] { $shown } propuestas
}
proposals-map = Propuestas por distrito
proposals-map-desc = La mayoría está en { $most }: { $count }. La tabla tiene todos los números.
proposals-map-legend = Propuestas:
proposals-map-table = Propuestas, los mismos números en lista
proposals-mine = Mis propuestas
proposals-mine-none = Aún no ha propuesto nada
proposals-mine-none-text = Aquí estarán sus borradores y lo presentado.
proposals-desk = Propuestas por responder
proposals-desk-lead = Primero lo que tiene plazo de respuesta; después lo más apoyado.
proposals-desk-none = Nada espera respuesta
proposals-desk-none-text = Las propuestas aparecen aquí mientras se responde a su proceso.
proposal-new = Hacer una propuesta
proposal-correct = Corregir su propuesta
proposal-choose = ¿Para qué es su propuesta?
proposal-choose-none = Ahora ningún proceso admite propuestas
proposal-choose-none-text = Vea cuándo empieza el próximo.
proposal-untitled = Aún sin título
proposal-title = Título
proposal-title-hint = Qué debería hacerse, en pocas palabras
proposal-text = Su propuesta
proposal-text-hint = Qué quiere, dónde, para quién y por qué. Lo leerá todo el mundo. Sirven *asteriscos*, # títulos, - listas y [enlaces](https://…), como en Markdown.
proposal-category = Categoría
proposal-no-category = Elija una categoría
proposal-cost-in = Lo que puede costar, en { $currency }
proposal-cost-hint = Su estimación, como 12000. Los responsables la calcularán.
proposal-map = Dónde en el mapa
proposal-map-hint = Haga clic donde estaría. Puede quedar vacío.
proposal-map-keys = Las flechas mueven la marca.
proposal-map-alt = Mapa del lugar propuesto
proposal-map-whole = Mostrar todo el municipio
proposal-district = Distrito
proposal-district-hint = No hace falta si hay una marca.
proposal-no-district = Ningún distrito
proposal-address = El lugar en palabras
proposal-coordinates = Coordenadas
proposal-lat = Latitud
proposal-long = Longitud
proposal-photo = Añadir una foto
proposal-photo-hint = JPEG, PNG o WebP. Se quitan los datos de la cámara.
proposal-photo-number = Foto { $number }
proposal-sources = De qué nació
proposal-sources-hint = Referencias de avisos o propuestas anteriores, como R-7K2M, separadas por comas.
proposal-save = Guardar el borrador y buscar parecidas
proposal-submit = Presentar la propuesta
proposal-save-correction = Guardar la corrección
proposal-draft-text = Un borrador es solo suyo. Al presentarla, todos la ven con su nombre.
proposal-correct-text = El texto anterior se conserva para comparar.
proposal-similar = ¿Hay alguna parecida?
proposal-similar-none = Guarde el borrador y aquí saldrá lo parecido: propuestas de todos los años y avisos.
proposal-similar-text = Si dice lo mismo, apóyela o proponga una enmienda.
proposal-together = Escribir en común
proposal-together-text = Quien se une decide sobre el texto como usted.
proposal-invite-email = Correo de la otra persona
proposal-invite = Invitar
proposal-join = Escribir una propuesta en común
proposal-join-text = Le invitan a escribir «{ $title }» en común. Su nombre aparecerá y decidirá sobre el texto.
proposal-join-yes = Sí, me uno
mail-join-subject = ¿Escribir en común la propuesta { $code }?
mail-join-body =
    { $name } le pide escribir una propuesta en común: { $title }

    Léala y únase aquí:
    { $link }

    Si no quiere, no haga nada.
proposal-by = Propuesta de { $name }, { $date }.
proposal-changed-times = { $count ->
    [one] Cambiada una vez;
   *[other] Cambiada { $count } veces;
}
proposal-compare = comparar las versiones
proposal-description = { $process }. { $state }.
proposal-merged-into = Sigue, con sus autores y apoyos, en
proposal-merged-here = Unidas a esta
proposal-amend = Proponer una enmienda
proposal-amendments = Enmiendas
proposal-arguments = Argumentos
arguments-for = A favor ({ $count })
arguments-against = En contra ({ $count })
argument-side = ¿A favor o en contra?
argument-for = A favor
argument-against = En contra
argument-label = Su argumento
argument-hint = Una razón, en pocas frases. Es público.
argument-button = Añadir el argumento
proposal-comments-count = { $count ->
    [one] { $count } comentario
   *[other] { $count } comentarios
}
proposal-comments-closed = El debate no está abierto ahora.
proposal-about = Sobre esta propuesta
proposal-supports = Apoyos
proposal-supports-word = { $count ->
    [one] apoyo
   *[other] apoyos
}
proposal-supporters = { $count ->
    [one] persona la apoya
   *[other] personas la apoyan
}
proposal-goal = { $count ->
    [one] persona la apoya.
   *[other] personas la apoyan.
} Desde { $least } el municipio debe responder.
proposal-goal-answer = { $count ->
    [one] persona la apoya.
   *[other] personas la apoyan.
} Desde { $least } el municipio debe responder en { $days } días hábiles.
proposal-support = Apoyar esta propuesta
proposal-support-leave = Retirar mi apoyo
proposal-support-yours = Usted apoya esta propuesta. Solo usted lo ve.
proposal-support-until = Puede apoyar y retirar su apoyo hasta el { $date }.
proposal-support-from = Los apoyos se recogen desde el { $date }.
proposal-support-over = Ya no se recogen apoyos.
proposal-support-sign-in = Inicie sesión para apoyarla
proposal-answer = Responder a esta propuesta
proposal-stands = En qué punto está
proposal-step-submitted = Propuesta
proposal-step-reached = Apoyos suficientes para una respuesta
proposal-facts = Datos
proposal-place = Lugar
proposal-cost-idea = Coste según los autores
proposal-cost-estimate = Coste según el municipio
proposal-due = Respuesta antes del
author-co = Escrita en común con
author-amender = Texto de
author-merged = De una propuesta unida
proposal-endorsements = Respaldada por
proposal-endorse = Respaldar por { $name }
proposal-unendorse = Dejar de respaldar por { $name }
proposal-withdraw = Retirar la propuesta
proposal-withdraw-text = Todos verán que existió. No se puede presentar otra vez.
proposal-withdraw-yes = Sí, retirarla
proposal-merge = Unir
proposal-merge-label = Referencia de la propuesta que sigue
proposal-merge-button = Unir a esa
proposal-separate = Separarla de nuevo
proposal-follow = Seguir
proposal-follow-email = Su correo electrónico
proposal-follow-button = Envíenme noticias
proposal-check = Compruébelo
proposal-check-text = Cada paso es una entrada del registro público, firmada y abierta a todos.
amendment-title = Enmienda { $code }
amendment-of = Enmienda de { $name }
amendment-by = De { $name }, { $date }, para
amendment-lead = Cambie el texto como lo querría. Deciden los autores de la propuesta y nadie más.
amendment-text-hint = El texto entero, con sus cambios.
amendment-why = Por qué
amendment-send = Proponer esta enmienda
amendment-changes = Qué cambiaría
amendment-settle = Usted decide, como autor o autora
amendment-answer = Respuesta de los autores
amendment-answer-hint = Necesaria si no la acepta.
amendment-accept = Aceptar este texto
amendment-reject = No aceptarlo
amendment-take-back = Retirar mi enmienda
amendment-is-stale = La propuesta cambió después de escribirse esto; no se puede aceptar tal cual.
amendment-waiting = Espera a los autores
amendment-accepted = Aceptada
amendment-rejected = No aceptada
amendment-withdrawn = Retirada
diff-key = Lo subrayado es nuevo, lo tachado desaparece.
versions = Versiones
versions-title = Versiones de «{ $title }»
version-number = Versión { $number }
version-present = La actual
version-until = Hasta el { $date }
version-first = Como se presentó
version-from-amendment = de la enmienda { $code }
evaluation-verdict = Su respuesta
evaluation-feasible = Se puede hacer
evaluation-feasible-detail = Puede ir a votación o realizarse.
evaluation-infeasible = No se puede hacer
evaluation-infeasible-detail = Diga qué ley, coste o hecho lo impide.
evaluation-answered = La respuesta del municipio
evaluation-answered-detail = Si la viabilidad no es la cuestión.
evaluation-cost = Unos { $cost }
evaluation-cost-in = Coste en { $currency }
evaluation-reasons = Razones
evaluation-reasons-hint = Las leerá todo el mundo. Sin razones no hay respuesta.
evaluation-send = Publicar la respuesta
evaluation-by = { $who }, { $when }
flash-draft-saved = El borrador está guardado.
flash-proposal-submitted = Su propuesta es pública.
flash-proposal-held = Gracias. Antes la mirará un moderador.
flash-proposal-edited = La corrección es pública; el texto anterior se conserva.
flash-proposal-withdrawn = La propuesta está retirada.
flash-supported = Su apoyo cuenta.
flash-support-taken-back = Su apoyo está retirado.
flash-argument = Su argumento está en la página.
flash-argument-held = Gracias. Antes lo mirará un moderador.
flash-endorsed = El respaldo es público.
flash-unendorsed = El respaldo está retirado.
flash-invited = La invitación está en camino.
flash-joined = Ahora escriben esta propuesta en común.
flash-amendment = Su enmienda es pública. Deciden los autores.
flash-amendment-held = Gracias. Antes la mirará un moderador.
flash-amendment-accepted = El texto de la enmienda es ya el de la propuesta.
flash-amendment-rejected = La enmienda no se acepta; su respuesta es pública.
flash-amendment-withdrawn = La enmienda está retirada.
flash-proposal-answered = La respuesta es pública.
flash-proposal-merged = Las propuestas están unidas.
flash-proposal-separated = Las propuestas están separadas de nuevo.
saying-proposal-submitted = Se propuso { $subject } ({ $process }).
saying-proposal-edited = Los autores corrigieron el texto de { $subject }.
saying-proposal-withdrawn = Los autores retiraron { $subject }.
saying-proposal-reached = { $subject } tiene bastantes apoyos ({ $supports }): el municipio debe responder.
saying-proposal-argued = { $by } dio un argumento sobre { $subject }.
saying-proposal-endorsed = { $organisation } respalda { $subject }.
saying-proposal-unendorsed = { $organisation } ya no respalda { $subject }.
saying-proposal-joined = { $by } se unió a los autores de { $subject }.
saying-proposal-amendment-proposed = Se propuso la enmienda { $amendment } a { $subject }.
saying-proposal-amendment-accepted = Los autores de { $subject } aceptaron la enmienda { $amendment }.
saying-proposal-amendment-rejected = Los autores de { $subject } no aceptaron la enmienda { $amendment }.
saying-proposal-amendment-withdrawn = Se retiró la enmienda { $amendment } a { $subject }.
saying-proposal-evaluated = El municipio respondió a { $subject }: { $verdict }.
saying-proposal-merged = { $subject } sigue en { $into }.
saying-proposal-separated = { $subject } vuelve a estar separada de { $from }.
retention-participation-drafts = Borradores de propuestas, desde su último cambio
retention-participation-invitations = Invitaciones a escribir en común, desde su envío
retention-participation-supports = Quién apoyó qué propuesta, desde el fin del proceso; los números se quedan
erased-stays-proposal = Las propuestas ya respondidas o escritas con otros se quedan, sin su nombre.
refusal-proposal-too-long = Este texto puede tener como máximo { $most } caracteres.
refusal-proposal-too-short = Esto necesita al menos { $least } caracteres.
refusal-proposal-control = Este texto tiene caracteres que ninguna página puede mostrar. Escríbalo de nuevo.
refusal-proposal-words-missing = Escriba algo aquí.
refusal-proposal-pin = Dé latitud y longitud en grados, como 34.05 y -118.24, o ninguna.
refusal-proposal-cost = Dé una cantidad como 12000 o 12000.50, como máximo { $most }.
refusal-proposal-no-cost = Este proceso no pide costes.
refusal-proposal-cost-most = En este proceso una propuesta puede costar como máximo { $most }.
refusal-proposal-category = Elija una de las categorías de este proceso.
refusal-proposal-district = Elija uno de los distritos del municipio.
refusal-proposal-other-district = Este proceso es para otros distritos.
refusal-proposal-outside = La marca está fuera del municipio.
refusal-proposal-place = Diga dónde: una marca en el mapa o un distrito.
refusal-proposal-source = Nada público tiene la referencia { $code }.
refusal-proposal-sources = Nombre como máximo { $most } asuntos.
refusal-proposal-photos = Una propuesta puede tener como máximo { $most } fotos.
refusal-proposal-changed = El texto cambió desde que lo abrió. Lea el nuevo e inténtelo otra vez.
refusal-proposal-words-hidden = La moderación ocultó palabras aquí. Hasta que vuelvan, nadie puede cambiarlas.
refusal-proposal-is-draft = Aún es un borrador.
refusal-proposal-is-merged = Esta propuesta sigue en otra. Participe allí.
refusal-proposal-is-withdrawn = Esta propuesta fue retirada.
refusal-proposal-is-answered = El municipio ya respondió a esta propuesta; queda como está.
refusal-drafts-too-many = Tiene { $most } borradores en este proceso. Presente uno antes.
refusal-supports-used-up = Ya dio los { $most } apoyos de este proceso. Retire uno antes.
refusal-argument-side = Diga si está a favor o en contra.
refusal-argument-too-often = Puede añadir { $most } argumentos por hora. Espere un poco.
refusal-authors-too-many = Una propuesta la pueden escribir como máximo { $most } personas.
refusal-endorsement-organisation = No existe esa organización.
refusal-amendment-own = Usted es autor o autora: corrija la propuesta misma.
refusal-amendment-same = No hay ninguna diferencia.
refusal-amendment-settled = Esta enmienda ya está resuelta.
refusal-amendment-stale = La propuesta cambió después de escribirse esto. No se puede aceptar tal cual.
refusal-evaluation-verdict = Elija una respuesta.
refusal-evaluation-cost = Diga cuánto cuesta.
refusal-proposal-merge-unknown = No hay propuesta con esa referencia.
refusal-proposal-merge-itself = Una propuesta no se puede unir a sí misma.
refusal-proposal-merge-elsewhere = Ambas deben ser de un mismo proceso.
refusal-proposal-merge-not-open = Ambas deben estar abiertas.
refusal-proposal-separate = Esta propuesta no está unida a otra.
refusal-proposals-sort = El orden es newest, supported, discussed o random.
refusal-proposals-seed = La semilla es un número entero de 1 a { $most }.
refusal-proposals-state = No existe ese estado.
proposal-grades = ¿Cuánto la quiere?
proposal-grade = Grado { $grade }
proposal-points = { $count ->
    [one] Un punto por los grados
   *[other] { $count } puntos por los grados
}
proposal-supports-least = Sus apoyos cuentan cuando haya dado { $least } en este proceso.
refusal-support-grade = El grado de un apoyo es un número de 1 a { $most }.
proposal-kept-now = Guardado como borrador que solo ven sus autores.
proposal-split = Sacar una parte como propuesta propia
proposal-split-text = Una propuesta que quiere dos cosas es difícil de responder. La parte que escriba aquí se convierte en una propuesta propia, con los mismos autores, y dice de dónde viene. Los apoyos quedan donde se dieron.
proposal-split-button = Hacer dos
proposal-split-whole = La propuesta entera
flash-proposal-split = Ahora hay dos propuestas.
saying-proposal-split = Una parte de { $subject } sigue como { $into }.
saying-proposal-split-off = { $subject } salió de { $from }.
refusal-proposal-split-not-open = Solo una propuesta abierta puede dividirse en dos.
proposal-files = Archivos
proposal-file-about = { $kind }, { $size } kB
proposal-file-add = Añadir un archivo
proposal-file-hint = PDF, texto o un documento de LibreOffice o Microsoft Office sin macros, de 10 MB como máximo. Todo el mundo puede guardarlo.
proposal-file-button = Añadir este archivo
proposal-file-remove = Quitar
flash-document-added = El archivo está junto a su propuesta.
flash-document-removed = El archivo se quitó.
saying-proposal-file-added = { $by } añadió un archivo a { $subject }.
saying-proposal-file-removed = { $by } quitó un archivo de { $subject }.
refusal-documents-many = Una propuesta puede tener como máximo { $most } archivos. Quite uno antes.
mail-merged-subject = Su propuesta { $code } sigue en otra
mail-merged-body =
    «{ $title }» se unió a «{ $into }». Sus apoyos cuentan allí, y allí aparece su nombre.

    Por qué: { $why }

    Léala aquí:
    { $link }
proposal-merged-why = Por qué:
proposal-merge-why = Por qué (todo el mundo puede leerlo, y se avisa a sus autores)
proposal-supports-elsewhere = { $count } en el sistema anterior, no cuentan aquí
refusal-evaluation-own = Usted escribió esta propuesta. Tiene que responderla otra persona.
refusal-proposals-too-many = Ha presentado { $most } propuestas en una hora. Su borrador se guarda: preséntelo más tarde.
